using MathNet.Numerics.Distributions;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

public sealed class NegativeBinomialTests
{
    private const int Draws = 20_000;

    private static readonly int[] Values = [0, 1, 2, 5, 31, 800, 100_000];

    [Theory]
    [InlineData(-4)]
    [InlineData(0)]
    [InlineData(2.3)]
    [InlineData(9)]
    public void Torch_and_graph_have_the_density_of_the_distribution(double logDispersion)
    {
        float[] output = [-3, 0.5f, 2, 7.5f];
        float[][] rows = [.. Values.Select(value => Enumerable.Repeat((float)value, output.Length).ToArray())];
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var parameters = new ParameterVector(CPU);
        var density = new NegativeBinomialDensity(1, 1, parameters);
        parameters.Build();
        parameters.Values.fill_(2 * Math.Atanh(logDispersion / 10));
        var exported = (NegativeBinomialOutput)density.Export();
        Assert.Equal(logDispersion, exported.LogDispersion[0], 1e-5);

        var inGraph = OutputDraws.LogDensities(exported, output, rows);

        for (var i = 0; i < Values.Length; i++)
        {
            for (var j = 0; j < output.Length; j++)
            {
                var expected = LogDensity(Math.Exp(output[j]), Math.Exp(exported.LogDispersion[0]), Values[i]);
                var inTorch = density.LogDensity(tensor([rows[i][j]], [1, 1]), tensor([output[j]], [1, 1])).item<float>();
                var room = 2e-7 * Math.Max(1, Math.Abs(expected));
                Assert.Equal(expected, inGraph[i][j], room);
                Assert.Equal(expected, inTorch, room);
            }
        }
    }

    /// <summary>ln NB = ln Poisson + ((x − μ)² − x) / 2r + O(r⁻²).</summary>
    [Fact]
    public void Becomes_the_Poisson_density_as_r_grows()
    {
        const double R = 1e8;
        float[] output = [-1, 1.5f, 4];
        float[][] rows = [.. new[] { 0f, 1, 4, 60 }.Select(value => new[] { value, value, value })];

        var found = OutputDraws.LogDensities(new NegativeBinomialOutput([Math.Log(R)]), output, rows);

        var poisson = OutputDraws.LogDensities(new PoissonOutput(), output, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < output.Length; j++)
                Assert.Equal(poisson[i][j], found[i][j], (1e-7 * Math.Abs(poisson[i][j])) + 2e-5);
        }
    }

    [Fact]
    public void The_gradients_of_mean_and_dispersion_are_those_of_finite_differences()
    {
        const double Step = 1e-4;
        using var scope = NewDisposeScope();
        foreach (var (x, log, logR) in new[] { (0, -2.0, 0.5), (3, 1.5, -1), (40, 3.0, 2.0), (500, 6.5, 0.1) })
        {
            using var parameters = new ParameterVector(CPU);
            var density = new NegativeBinomialDensity(1, 1, parameters);
            parameters.Build();
            using (no_grad())
                parameters.Values.fill_(2 * Math.Atanh(logR / 10));
            var output = tensor([(float)log], [1, 1]).requires_grad_(true);

            density.LogDensity(tensor([(float)x], [1, 1]), output).backward();

            var byMean = (At(log + Step, logR) - At(log - Step, logR)) / (2 * Step);
            // d ln r / dθ = 5 (1 − tanh²).
            var byFree = 5 * (1 - logR * logR / 100) * (At(log, logR + Step) - At(log, logR - Step)) / (2 * Step);
            Assert.Equal(byMean, output.grad!.item<float>(), 1e-4 * Math.Max(1, Math.Abs(byMean)));
            Assert.Equal(byFree, parameters.Gradients.item<float>(), 1e-4 * Math.Max(1, Math.Abs(byFree)));

            double At(double logMean, double logDispersion) => LogDensity(Math.Exp(logMean), Math.Exp(logDispersion), x);
        }
    }

    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(1, 0.4)]
    [InlineData(2.5, 40)]
    [InlineData(50, 12)]
    [InlineData(1e6, 7)]
    public void Draws_are_counts_with_the_frequencies_mean_and_variance_of_the_distribution(double r, double mean)
    {
        float[] output = [(float)Math.Log(mean), 0];
        var drawn = OutputDraws.Of(new NegativeBinomialOutput([Math.Log(r), 0]), output, 2, Draws);

        Assert.All(drawn, row => Assert.All(row, value => Assert.True(value >= 0 && float.IsInteger(value))));
        var moments = new Moments(drawn);
        var variance = mean + mean * mean / r;
        // Excess kurtosis 6/r + 1/variance.
        Moments.Near(mean, moments.Mean[0], Math.Sqrt(variance / Draws), "mean");
        Moments.Near(variance, moments.Covariance[0, 0], variance * Math.Sqrt((2 + 6 / r + 1 / variance) / Draws), "variance");
        // The other feature: mean 1, r 1.
        Moments.Near(0, moments.Covariance[0, 1], Math.Sqrt(2 * variance / Draws), "covariance");
        var distribution = new NegativeBinomial(r, r / (r + mean));
        foreach (var k in new[] { 0, Math.Floor(mean / 2), Math.Floor(mean), Math.Floor(mean + 2 * Math.Sqrt(variance)) })
        {
            var p = distribution.CumulativeDistribution(k);
            Moments.Near(p, drawn.Average(row => row[0] <= k ? 1.0 : 0), Math.Sqrt(p * (1 - p) / Draws) + 1e-5, $"P(x ≤ {k})");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Learned_dispersions_are_those_of_the_rows(bool perFeature)
    {
        var random = new Random(4);
        double[] r = [0.5, 4];
        float[][] rows =
        [
            .. Enumerable
                .Range(0, 4_000)
                .Select(_ => r.Select(r => (float)Poisson.Sample(random, Gamma.Sample(random, r, r / 6))).ToArray()),
        ];

        var found = (NegativeBinomialOutput)
            Trainer
                .Train(
                    rows,
                    new()
                    {
                        Architecture = VaeArchitecture.Linear,
                        Latent = VaeLatent.Gaussian(1),
                        Likelihood = VaeLikelihood.NegativeBinomial with { DispersionPerFeature = perFeature },
                        // A code, which could explain some of the dispersion, is too dear.
                        Objective = new() { Beta = 50 },
                        Training = new()
                        {
                            Epochs = 40,
                            BatchSize = 200,
                            LearningRate = 0.02,
                            ValidationFraction = 0,
                        },
                    }
                )
                .Network.Distribution;

        if (perFeature)
        {
            Assert.InRange(Math.Exp(found.LogDispersion[0]), 0.42, 0.6);
            Assert.InRange(Math.Exp(found.LogDispersion[1]), 3.3, 5);
        }
        else
        {
            Assert.InRange(Math.Exp(Assert.Single(found.LogDispersion)), 0.6, 3.3);
        }
    }

    private static double LogDensity(double mean, double r, int x) => NegativeBinomial.PMFLn(r, r / (r + mean), x);
}
