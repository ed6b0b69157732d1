using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

public sealed class GaussianKlTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.5, 0)]
    [InlineData(-0.3, -2)]
    [InlineData(2, 0.7)]
    [InlineData(0, 1.5)]
    public void Equals_the_integral(double mean, double logSigma)
    {
        using var scope = NewDisposeScope();
        var closed = GaussianKl.PerDimension(tensor(new[] { mean }), tensor(new[] { logSigma })).item<double>();

        Assert.Equal(Integral(mean, Math.Exp(logSigma)), closed, 1e-9);
    }

    [Fact]
    public void Gradient_is_that_of_the_formula()
    {
        using var scope = NewDisposeScope();
        var mean = tensor(new[] { 1.5, -0.2, 0 }).requires_grad_(true);
        var logSigma = tensor(new[] { 0.3, -1, 0 }).requires_grad_(true);

        GaussianKl.PerDimension(mean, logSigma).sum().backward();

        Assert.Equal([1.5, -0.2, 0], mean.grad!.data<double>().ToArray(), Within(1e-12));
        Assert.Equal([Math.Exp(0.6) - 1, Math.Exp(-2) - 1, 0], logSigma.grad!.data<double>().ToArray(), Within(1e-12));
    }

    /// <summary>∫ q ln(q / p) by the trapezium rule, which converges faster than any power for such an integrand.</summary>
    private static double Integral(double mean, double sigma)
    {
        const int halfSteps = 4_000;
        const double widths = 12;
        var step = widths * sigma / halfSteps;
        return Enumerable.Range(-halfSteps, 2 * halfSteps + 1).Sum(i =>
        {
            var x = mean + i * step;
            var logQ = LogNormal(x, mean, sigma);
            return Math.Exp(logQ) * (logQ - LogNormal(x, 0, 1)) * step;
        });
    }

    private static double LogNormal(double x, double mean, double sigma)
        => -Math.Pow((x - mean) / sigma, 2) / 2 - Math.Log(sigma) - Math.Log(2 * Math.PI) / 2;

    private static Func<double, double, bool> Within(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
