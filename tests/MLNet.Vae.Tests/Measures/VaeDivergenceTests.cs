using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Measures;

/// <summary>KL between two Gaussians: closed forms, an integral, and what training computes.</summary>
public sealed class VaeDivergenceTests
{
    [Theory]
    [InlineData(0, 1, 0, 1, 0)]
    [InlineData(1, 1, 0, 1, 0.5)]
    [InlineData(3, 2, 3, 2, 0)]
    [InlineData(0, 2, 0, 1, 0.8068528194400547)]
    [InlineData(0, 1, 0, 2, 0.3181471805599453)]
    public void Has_the_values_of_the_formula(double mean1, double sigma1, double mean2, double sigma2, double expected)
        => Assert.Equal(expected, VaeDivergence.Gaussian(mean1, sigma1, mean2, sigma2), 1e-15);

    [Theory]
    [InlineData(0.3, 0.7, -0.4, 1.3)]
    [InlineData(-2, 0.2, 1, 0.9)]
    public void Is_the_integral_of_p_ln_p_over_q(double mean1, double sigma1, double mean2, double sigma2)
    {
        double LogDensity(double x, double mean, double sigma) =>
            -Math.Pow((x - mean) / sigma, 2) / 2 - Math.Log(sigma * Math.Sqrt(2 * Math.PI));
        const int Steps = 200_000;
        const double Width = 12;
        var step = 2 * Width * sigma1 / Steps;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var x = mean1 - Width * sigma1 + i * step;
            var p = LogDensity(x, mean1, sigma1);
            sum += Math.Exp(p) * (p - LogDensity(x, mean2, sigma2)) * step;
        }

        Assert.Equal(sum, VaeDivergence.Gaussian(mean1, sigma1, mean2, sigma2), 1e-9);
    }

    [Fact]
    public void Of_vectors_is_the_sum_over_dimensions_and_what_training_computes()
    {
        var random = new Random(1);
        double[] Numbers(double from) => [.. Enumerable.Range(0, 7).Select(_ => (double)(float)(from + random.NextDouble()))];
        var (mean1, sigma1, mean2, sigma2) = (Numbers(-0.5), Numbers(0.1), Numbers(-0.5), Numbers(0.1));
        var singles = new[] { mean1, sigma1, mean2, sigma2 }.Select(v => Array.ConvertAll(v, x => (float)x)).ToArray();

        var found = VaeDivergence.Gaussian(mean1, sigma1, mean2, sigma2);

        Assert.Equal(Enumerable.Range(0, 7).Sum(i => VaeDivergence.Gaussian(mean1[i], sigma1[i], mean2[i], sigma2[i])), found, 1e-12);
        Assert.Equal(found, VaeDivergence.Gaussian(singles[0], singles[1], singles[2], singles[3]), 1e-12);
        using var scope = NewDisposeScope();
        var trained = GaussianKl.PerDimension(
            tensor(singles[0]), tensor(singles[1]).log(), tensor(singles[2]), tensor(singles[3]).log());
        Assert.Equal(found, trained.ToArray().Sum(), 1e-4 * found);
    }

    [Fact]
    public void Keeps_its_digits_where_the_two_are_nearly_the_same()
    {
        const double Excess = 1e-9;
        // ½(1 + d)² − ½ − ln(1 + d) = d² + O(d³).
        Assert.Equal(Excess * Excess, VaeDivergence.Gaussian(0, 1 + Excess), 1e-22);
        Assert.Equal(0.5e-18, VaeDivergence.Gaussian(1e-9, 1), 1e-24);
    }

    [Fact]
    public void Grows_without_bound_as_sigma_goes_to_0_or_up()
    {
        Assert.Equal(Math.Log(1e300) - 0.5, VaeDivergence.Gaussian(0, 1e-300), 1e-9);
        Assert.Equal(0.5e20, VaeDivergence.Gaussian(0, 1e10), 1e5);
    }

    [Theory]
    [InlineData(0, 0, "sigma1 must be above 0 and finite, but is 0. (Parameter 'sigma1')")]
    [InlineData(double.NaN, 1, "mean1 must be finite, but is NaN. (Parameter 'mean1')")]
    [InlineData(0, double.PositiveInfinity, "sigma1 must be above 0 and finite, but is Infinity. (Parameter 'sigma1')")]
    public void Numbers_out_of_range_are_refused(double mean, double sigma, string message)
        => Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => VaeDivergence.Gaussian(mean, sigma)).Message);

    [Fact]
    public void Vectors_that_do_not_fit_are_refused()
    {
        double[] one = [1], two = [1, 1];
        Assert.Equal(
            "Means and standard deviations must be of one length; they are of 2, 1, 2 and 2. (Parameter 'sigma1')",
            Assert.Throws<ArgumentException>(() => VaeDivergence.Gaussian(two, one, two, two)).Message);
        Assert.Equal(
            "sigma2[1] must be above 0 and finite, but is -1. (Parameter 'sigma2')",
            Assert.Throws<ArgumentOutOfRangeException>(() => VaeDivergence.Gaussian(two, two, two, new double[] { 1, -1 })).Message);
    }
}
