using MLNet.Vae.Data;
using MLNet.Vae.Initialization;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Initialization;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Eigenvalues_and_explained_variance_are_those_of_the_covariance()
    {
        var rows = Trainer.FactorRows(count: 5_000, features: 9, factors: 3, noise: 0.5, seed: 4);
        var pca = Of(rows, VaeNormalization.None);

        for (var q = 0; q < 9; q++)
            Assert.Equal(new ProbabilisticPca(rows, q).PcaError, pca.Residual(q), 1e-6);
        Assert.Equal((0.0, 1.0), (pca.ExplainedVariance(0), pca.ExplainedVariance(9)));
        Assert.Equal(1 - pca.Residual(3) / pca.Residual(0), pca.ExplainedVariance(3));
    }

    [Fact]
    public void Large_values_close_together_do_not_cancel()
    {
        // 2²³ and 2²³ + 1 are neighbours in single precision; half of the rows each, the variance is a quarter.
        const float large = 1 << 23;
        float[][] rows = [.. Enumerable.Range(0, 100).Select(i => new[] { large + i % 2, 0 })];
        var pca = Of(rows, VaeNormalization.None);

        Assert.Equal(0.25, pca.Eigenvalues[0], 1e-12);
        Assert.Equal(0, pca.Eigenvalues[1]);
        Assert.Equal(large + 0.5, pca.Mean[0]);
        Assert.Equal([1, 0], pca.Axis(0));
    }

    [Fact]
    public void Standardised_rows_have_the_correlation_matrix()
    {
        var pca = Of(Trainer.FactorRows(count: 2_000, features: 7, factors: 2, noise: 0.5, seed: 5), VaeNormalization.Standardize);

        Assert.Equal(7, pca.Residual(0), 1e-4);
        Assert.All(pca.Mean, mean => Assert.Equal(0, mean, 1e-4));
    }

    [Fact]
    public void Of_rows_that_are_equal_any_number_of_components_explains_all()
    {
        // Only rows held out differ, so that there is something to learn, but nothing to explain. Which they are, their number says.
        var options = new VaeOptions { Normalization = VaeNormalization.None };
        using var numbered = new TrainingRowsLoader(Source(i => i), options, seed: 1, CPU).Load();
        using var data = new TrainingRowsLoader(Source(i => numbered.HeldOutNumbers.Contains(i) ? 5 : 2), options, seed: 1, CPU).Load();

        var pca = PrincipalComponents.Of(data, () => { });

        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(pca.ExplainedVariance));

        static ArraySource Source(Func<int, float> value) => new([.. Enumerable.Range(0, 20).Select(i => new[] { value(i), 1 })]);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var data = Load(Trainer.FactorRows(count: 10, features: 3, factors: 1, noise: 1, seed: 6), VaeNormalization.None);
        Assert.Throws<OperationCanceledException>(() => PrincipalComponents.Of(data, () => throw new OperationCanceledException()));
    }

    private static PrincipalComponents Of(float[][] rows, VaeNormalization normalization)
    {
        using var data = Load(rows, normalization);
        return PrincipalComponents.Of(data, () => { });
    }

    private static TrainingRows Load(float[][] rows, VaeNormalization normalization)
    {
        var options = new VaeOptions { Normalization = normalization, Training = new() { ValidationFraction = 0 } };
        return new TrainingRowsLoader(new ArraySource(rows), options, seed: 1, CPU).Load();
    }
}
