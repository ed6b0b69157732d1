using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>KL to a Gaussian prior of any mean and σ.</summary>
public sealed class PriorKlTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1.5, 0, -0.5, 0.3)]
    [InlineData(-0.3, -2, 0.4, -1.5)]
    [InlineData(2, 0.7, 2, -0.2)]
    [InlineData(0, -3, 3, 1)]
    public void Equals_the_integral(double mean, double logSigma, double priorMean, double priorLogSigma)
    {
        using var scope = NewDisposeScope();
        var closed = Kl(mean, logSigma, priorMean, priorLogSigma);

        Assert.Equal(Integral(mean, Math.Exp(logSigma), priorMean, Math.Exp(priorLogSigma)), closed, 1e-9);
        Assert.InRange(closed, 0, double.MaxValue);
    }

    [Fact]
    public void Is_0_for_the_prior_itself_and_that_of_the_standard_normal_for_it()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, Kl(0.7, -1.3, 0.7, -1.3), 1e-15);
        Assert.Equal(GaussianKl.PerDimension(tensor(new[] { 0.7 }), tensor(new[] { -1.3 })).item<double>(), Kl(0.7, -1.3, 0, 0), 1e-15);
    }

    [Fact]
    public void Gradients_are_those_of_the_formula()
    {
        using var scope = NewDisposeScope();
        double[] values = [0.9, -0.4, -0.2, 0.3];
        var all = tensor(values).requires_grad_(true);

        GaussianKl.PerDimension(all.narrow(0, 0, 1), all.narrow(0, 1, 1), all.narrow(0, 2, 1), all.narrow(0, 3, 1)).sum().backward();

        var (distance, variance, priorVariance) = (values[0] - values[2], Math.Exp(2 * values[1]), Math.Exp(2 * values[3]));
        double[] expected =
        [
            distance / priorVariance,
            (variance / priorVariance) - 1,
            -distance / priorVariance,
            1 - (((distance * distance) + variance) / priorVariance),
        ];
        Assert.Equal(expected, all.grad!.data<double>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-12);
    }

    private static double Kl(double mean, double logSigma, double priorMean, double priorLogSigma) =>
        GaussianKl
            .PerDimension(tensor(new[] { mean }), tensor(new[] { logSigma }), tensor(new[] { priorMean }), tensor(new[] { priorLogSigma }))
            .item<double>();

    /// <summary>∫ q ln(q / p) by the trapezium rule, which converges faster than any power for such an integrand.</summary>
    private static double Integral(double mean, double sigma, double priorMean, double priorSigma)
    {
        const int halfSteps = 4_000;
        const double widths = 12;
        var step = widths * sigma / halfSteps;
        return Enumerable.Range(-halfSteps, (2 * halfSteps) + 1).Sum(i =>
        {
            var x = mean + (i * step);
            var logQ = LogNormal(x, mean, sigma);
            return Math.Exp(logQ) * (logQ - LogNormal(x, priorMean, priorSigma)) * step;
        });
    }

    private static double LogNormal(double x, double mean, double sigma)
        => (-Math.Pow((x - mean) / sigma, 2) / 2) - Math.Log(sigma) - (Math.Log(2 * Math.PI) / 2);
}
