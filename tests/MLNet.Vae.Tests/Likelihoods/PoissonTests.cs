using MathNet.Numerics.Distributions;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Generation;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

public sealed class PoissonTests
{
    private const int Draws = 20_000;

    private static readonly double[] Means = [1e-3, 0.7, 5, 80, 1.2e4, 3e6];

    private static readonly int[] Values = [0, 1, 2, 3, 7, 90, 1_000, 12_100, 3_001_000];

    [Fact]
    public void Torch_and_graph_have_the_density_of_the_distribution()
    {
        float[] output = [.. Means.Select(mean => (float)Math.Log(mean))];
        float[][] rows = [.. Values.Select(value => Enumerable.Repeat((float)value, Means.Length).ToArray())];
        using var scope = NewDisposeScope();

        var inGraph = OutputDraws.LogDensities(new PoissonOutput(), output, rows);

        for (var i = 0; i < Values.Length; i++)
        {
            for (var j = 0; j < Means.Length; j++)
            {
                var expected = Poisson.PMFLn(Math.Exp(output[j]), Values[i]);
                var inTorch = new PoissonDensity(1).LogDensity(tensor([rows[i][j]], [1, 1]), tensor([output[j]], [1, 1])).item<float>();
                var room = 2e-7 * Math.Max(1, Math.Abs(expected));
                Assert.Equal(expected, inGraph[i][j], room);
                Assert.Equal(expected, inTorch, room);
            }
        }
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        const double Step = 1e-4;
        using var scope = NewDisposeScope();
        foreach (var (x, log) in new[] { (0, -2.0), (3, 1.5), (40, 3.0), (500, 6.5) })
        {
            var output = tensor([(float)log], [1, 1]);
            new PoissonDensity(1).Descend(tensor([(float)x], [1, 1]), output);
            var expected = (Poisson.PMFLn(Math.Exp(log - Step), x) - Poisson.PMFLn(Math.Exp(log + Step), x)) / (2 * Step);
            Assert.Equal(expected, output.item<float>(), 1e-4 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(2.5)]
    [InlineData(15.9)]
    [InlineData(16.1)]
    [InlineData(45)]
    [InlineData(20_000)]
    public void Draws_are_counts_with_the_frequencies_mean_and_variance_of_the_distribution(double mean)
    {
        float[] output = [(float)Math.Log(mean), 1];
        var drawn = OutputDraws.Of(new PoissonOutput(), output, 2, Draws);

        Assert.All(drawn, row => Assert.All(row, value => Assert.True(value >= 0 && float.IsInteger(value))));
        var moments = new Moments(drawn);
        // E(x − λ)⁴ = λ + 3λ².
        Moments.Near(mean, moments.Mean[0], Math.Sqrt(mean / Draws), "mean");
        Moments.Near(mean, moments.Covariance[0, 0], Math.Sqrt((mean + 2 * mean * mean) / Draws), "variance");
        Moments.Near(0, moments.Covariance[0, 1], Math.Sqrt(mean * Math.E / Draws), "covariance");
        foreach (var deviations in (double[])[-2, -1, 0, 0.5, 1, 3])
        {
            var k = Math.Floor(mean + deviations * Math.Sqrt(mean));
            var p = k < 0 ? 0 : Poisson.CDF(mean, k);
            Moments.Near(p, drawn.Average(row => row[0] <= k ? 1.0 : 0), Math.Sqrt(p * (1 - p) / Draws) + 1e-5, $"P(x ≤ {k})");
        }
    }

    /// <summary>
    /// Where the expansion takes over it is at its worst: its distribution function, by the largest normal number that gives k at most.
    /// </summary>
    [Fact]
    public void The_expansion_is_within_a_thousandth_of_the_distribution_function()
    {
        const double Rate = 16;
        static double Expanded(double z) =>
            Math.Floor(Rate + z * Math.Sqrt(Rate) + (z * z - 1) / 6 - (z * z * z + 2 * z) / (72 * Math.Sqrt(Rate)) + 0.5);
        double[] normals = [.. Enumerable.Range(-50_000, 100_001).Select(i => i * 1e-4)];

        for (var k = 0; k < 40; k++)
        {
            var largest = normals.Where(z => Expanded(z) <= k).Max();
            Assert.Equal(Poisson.CDF(Rate, k), Normal.CDF(0, 1, largest), 1e-3);
        }
    }

    [Fact]
    public void The_mean_is_the_rate_within_bounds()
    {
        var found = OutputDraws.Mean(new PoissonOutput(), [-1, 0, 3, 50, -50], 5);

        double[] expected = [Math.Exp(-1), 1, Math.Exp(3), Math.Exp(16), Math.Exp(-16)];
        for (var j = 0; j < expected.Length; j++)
            Assert.Equal(expected[j], found[j], 1e-6 * expected[j]);
    }
}
