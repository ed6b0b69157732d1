using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>A Gaussian whose mean is a sigmoid of the decoder's output, and the shallow autoencoder made of it.</summary>
public sealed class UnitIntervalTests
{
    private const int Pixels = 64;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Is_a_gaussian_around_the_sigmoid()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var likelihood = (VaeLikelihood.GaussianUnitInterval with { Sigma = 0.3 }).Create(3, parameters);
        float[] x = [0, 0.4f, 1], output = [-3, 0.2f, 50];

        var found = likelihood.LogDensity(tensor(x, [1, 3]), tensor(output, [1, 3])).item<float>();

        var expected = x.Zip(output, (v, l) =>
            -Math.Pow((v - 1 / (1 + Math.Exp(-l))) / 0.3, 2) / 2 - Math.Log(0.3 * Math.Sqrt(2 * Math.PI))).Sum();
        Assert.Equal(expected, found, 1e-5);
        Assert.Equal(0.3, likelihood.Sigma);
    }

    [Fact]
    public void Squared_error_is_the_loss_but_for_a_constant()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        float[] x = [0, 0.4f, 3], made = [-1, 0.2f, 5];
        var squares = x.Zip(made, (a, b) => Math.Pow(a - b, 2)).Sum();

        var density = VaeLikelihood.SquaredError.Create(3, parameters).LogDensity(tensor(x, [1, 3]), tensor(made, [1, 3]));

        Assert.Equal(squares + 1.5 * Math.Log(Math.PI), -density.item<float>(), 1e-5);
        var options = VaeOptions.SquaredErrorVae(2, lambda: 4);
        Assert.Equal(
            (VaeLikelihood.SquaredError, VaeNormalization.None, 4.0),
            ((GaussianLikelihood)options.Likelihood, options.Normalization, options.Objective.Beta));
    }

    [Fact]
    public void The_output_starts_at_the_mean_row()
    {
        using var parameters = new ParameterVector(CPU);
        var likelihood = VaeLikelihood.GaussianUnitInterval.Create(3, parameters);
        float[] bias = [5, 5, 5];

        likelihood.Start(bias, [0.25, 0, 1], rows: 50);

        Assert.Equal(Math.Log(0.25 / 0.75), bias[0], 1e-6);
        Assert.Equal([-Math.Log(99), Math.Log(99)], bias[1..].Select(b => (double)b), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_shallow_autoencoder_makes_digits_and_not_their_mean()
    {
        var rows = TestData.OpticalDigits();
        var (seen, unseen) = (rows[..1_400], rows[1_400..]);
        var options = VaeOptions.ShallowAutoencoder(10) with { ReconstructionColumnName = "Made", ScoreColumnName = "Score" };
        using var transformer = _mlContext.Transforms
            .VaeEmbed(options with { Training = options.Training with { Epochs = 30, Seed = 1 } })
            .Fit(SampleData.Features(_mlContext, seen, Pixels));
        var data = SampleData.Features(_mlContext, unseen, Pixels);

        var scored = transformer.Transform(data);

        var made = scored.GetColumn<float[]>("Made").ToArray();
        Assert.All(made, row => Assert.All(row, value => Assert.InRange(value, 0, 1)));
        Assert.All(scored.GetColumn<float[]>("Embedding"), code => Assert.All(code, value => Assert.InRange(value, 0, 1)));
        float[] mean = [.. Enumerable.Range(0, Pixels).Select(j => seen.Average(row => row[j]))];
        Assert.InRange(Error(made, unseen), 0, 0.6 * Error([.. unseen.Select(_ => mean)], unseen));
        using var loaded = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(transformer, data.Schema));
        ViewAssert.SameRows(scored, loaded.Transform(data), _ => true);
        Assert.Equal("gaussian in the unit interval", loaded.Model.Info.Likelihood);
    }

    [Fact]
    public void Rows_beyond_the_interval_can_be_scored_and_not_trained_on()
    {
        var rows = FactorRows.Create(60).Select(row => Array.ConvertAll(row, v => 1 / (1 + MathF.Exp(-v)))).ToArray();
        var options = TinyVae.Options with { Likelihood = VaeLikelihood.GaussianUnitInterval, ScoreColumnName = "Score" };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows));
        Assert.Equal("none", transformer.Model.Info.Normalization);
        Assert.True(transformer.Model.Info.DecoderSigma is > 0 and < 1);

        var inside = transformer.Transform(FactorRows.View(_mlContext, rows)).GetColumn<float>("Score").ToArray();
        rows[3][1] = 1.5f;
        var beyond = FactorRows.View(_mlContext, rows);
        var scores = transformer.Transform(beyond).GetColumn<float>("Score").ToArray();
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        Assert.True(scores[3] > inside[3]);
        Assert.Equal(
            "Column \"Features\", row 3 (counted from 0), slot 1: a Gaussian likelihood of the unit interval expects values from 0 to 1, "
            + "found 1.5. Set Normalization = VaeNormalization.MinMax, scale the column first, or choose VaeLikelihood.Gaussian.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(options).Fit(beyond), "a row beyond").Message);

        using var scaled = _mlContext.Transforms.VaeEmbed(options with { Normalization = VaeNormalization.MinMax }).Fit(beyond);
        Assert.All(scaled.Transform(beyond).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    private static double Error(float[][] made, float[][] rows) =>
        made.Zip(rows, (m, row) => m.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();
}
