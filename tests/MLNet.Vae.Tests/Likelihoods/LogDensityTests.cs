using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

public sealed class LogDensityTests
{
    private static readonly float[] X = [0, 1, 0.25f, 0.9f, 1, 0];
    private const int Features = 3;

    private static readonly float[] Output = [-2, 3, 0.1f, -0.5f, 40, -40];

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(10)]
    public void Fixed_Gaussian_is_the_normal_density(double sigma) =>
        AssertRows(
            new FixedGaussian(Features, sigma),
            (x, y) => -Math.Pow((x - y) / sigma, 2) / 2 - Math.Log(sigma * Math.Sqrt(2 * Math.PI))
        );

    [Fact]
    public void Learned_Gaussian_starts_as_the_standard_normal_density()
    {
        using var parameters = new ParameterVector(CPU);
        var density = new LearnedGaussian(Features, parameters);
        parameters.Build();

        Assert.Equal(1, density.Sigma!.Value, 0.001);
        var sigma = density.Sigma.Value;
        AssertRows(density, (x, y) => -Math.Pow((x - y) / sigma, 2) / 2 - Math.Log(sigma * Math.Sqrt(2 * Math.PI)));
    }

    [Fact]
    public void Learned_sigma_never_falls_below_its_floor()
    {
        using var parameters = new ParameterVector(CPU);
        var density = new LearnedGaussian(Features, parameters);
        parameters.Build();
        parameters.Values.fill_(-100);

        Assert.InRange(density.Sigma!.Value, GaussianLikelihood.MinimumSigma * 0.999999, GaussianLikelihood.MinimumSigma * 1.000001);
    }

    [Fact]
    public void Bernoulli_is_the_cross_entropy_of_the_sigmoid() =>
        AssertRows(
            new BernoulliDensity(Features),
            (x, logit) => -x * Math.Log(1 + Math.Exp(-logit)) - (1 - x) * Math.Log(1 + Math.Exp(logit))
        );

    private static void AssertRows(OutputLikelihood likelihood, Func<double, double, double> term)
    {
        using var scope = NewDisposeScope();
        var rows = likelihood.LogDensity(tensor(X, [2, Features]), tensor(Output, [2, Features])).ToArray();

        double[] expected = [.. X.Zip(Output, (x, y) => term(x, y)).Chunk(Features).Select(row => row.Sum())];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], rows[i], 1e-6 * Math.Max(1, Math.Abs(expected[i])));
    }
}
