using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>Noise that differs from feature to feature, or from row to row, is found.</summary>
public sealed class GaussianNoiseTests
{
    private const int Latent = 2;

    private static readonly double[] Sigmas = [0.5, 0.6, 0.7, 0.8, 1, 1.2, 1.4, 1.7, 2, 2.5];

    /// <summary>
    /// With a linear decoder W and one σ per feature this is factor analysis, x ~ N(m, WWᵀ + diag σ²), at whose maximum of the likelihood
    /// every feature's variance is that of the rows (Lawley 1940; Rubin and Thayer 1982).
    /// </summary>
    [Fact]
    public void Sigma_per_feature_is_that_of_factor_analysis()
    {
        var rows = FactorRows(count: 4_000);
        var result = Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(Latent),
            Likelihood = VaeLikelihood.GaussianPerFeature,
            Normalization = VaeNormalization.None,
            Training = new() { Epochs = 300, BatchSize = 1_000, LearningRate = 0.03, ValidationFraction = 0 },
        });

        var loadings = ((DenseLayer)result.Network.Decoder[^1]).Weight.Chunk(Latent).ToArray();
        for (var j = 0; j < Sigmas.Length; j++)
        {
            var sigma = result.FeatureSigmas![j]!.Value;
            Assert.InRange(sigma, 0.95 * Sigmas[j], 1.05 * Sigmas[j]);
            Assert.Equal(1, (loadings[j].Sum(w => w * w) + sigma * sigma) / Variance(rows, j), 0.01);
        }
    }

    [Fact]
    public void Sigma_per_row_tells_noisy_rows_from_quiet_ones()
    {
        var rows = UnevenRows(count: 2_000);

        var shared = HeldOut(VaeLikelihood.Gaussian);
        var perRow = HeldOut(VaeLikelihood.GaussianPerRow);

        Assert.True(perRow > shared + 4, $"held-out bound {perRow} against {shared}");

        double HeldOut(VaeLikelihood likelihood) => Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Mlp(32),
            Latent = VaeLatent.Gaussian(Latent),
            Likelihood = likelihood,
            Training = new() { Epochs = 30, BatchSize = 128, LearningRate = 0.01 },
        }).History.Best.ValidationElbo!.Value;
    }

    /// <summary>x = W z + σ ε. The columns of W differ in length, so that the best rotation of z is one.</summary>
    private static float[][] FactorRows(int count)
    {
        var random = new Random(1);
        double[][] loadings = [.. Sigmas.Select((_, j) => new[] { 2 * Math.Cos(j), Math.Sin(j) })];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var z = new[] { Trainer.Normal(random), Trainer.Normal(random) };
            return loadings.Select((w, j) => (float)(w[0] * z[0] + w[1] * z[1] + Sigmas[j] * Trainer.Normal(random))).ToArray();
        })];
    }

    /// <summary>Six readings of one quantity by instruments whose noise grows with it a hundredfold.</summary>
    private static float[][] UnevenRows(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var quantity = random.NextDouble();
            var noise = 0.005 * Math.Pow(100, quantity);
            return Enumerable.Range(1, 6).Select(j => (float)(j * (quantity + noise * Trainer.Normal(random)))).ToArray();
        })];
    }

    private static double Variance(float[][] rows, int feature)
    {
        var mean = rows.Average(row => (double)row[feature]);
        return rows.Average(row => (row[feature] - mean) * (row[feature] - mean));
    }
}
