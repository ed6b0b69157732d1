using MLNet.Vae.Networks;

namespace MLNet.Vae.Tests.Training;

/// <summary>A linear autoencoder at its optimum spans the principal subspace (Bourlard and Kamp 1988; Baldi and Hornik 1989).</summary>
public sealed class LinearAutoencoderTests
{
    private const double AngleTolerance = 0.02, ErrorTolerance = 0.01;

    [SkippableTheory]
    [InlineData(2, 3.35525)]
    [InlineData(8, 1.53045)]
    [InlineData(16, 0.70680)]
    [InlineData(32, 0.15791)]
    public void Is_PCA_on_optical_digits(int latent, double pcaError)
    {
        var rows = TestData.OpticalDigits();
        var pca = new ProbabilisticPca(rows, latent);
        Assert.Equal(pcaError, pca.PcaError, 0.00001);
        foreach (var lik in new[] { VaeLikelihood.Gaussian })
        foreach (var lr in new[] { 0.02, 0.05, 0.1 })
        foreach (var batch in new[]{450, 1797})
        foreach (var epochs in new[] { 400, 1200 })
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var result = Trainer.Train(rows, new()
            {
                Architecture = VaeArchitecture.Linear,
                Latent = VaeLatent.Deterministic(latent),
                Likelihood = lik,
                Normalization = VaeNormalization.None,
                Training = new() { Epochs = epochs, BatchSize = batch, LearningRate = lr, ValidationFraction = 0 },
            });
            var (error, angle) = Measure(result.Network, rows, pca);
            File.AppendAllText("/tmp/team/ae-scratch.txt", $"q={latent} {lik.Describe()} {((GaussianLikelihood)lik).Sigma} lr={lr} batch={batch} epochs={epochs}: error ratio {error / pca.PcaError:F5} angle {angle:F5} in {watch.Elapsed.TotalSeconds:F2} s\n");
        }
    }

    private static (double Error, double Angle) Measure(TrainedVae network, float[][] rows, ProbabilisticPca pca)
    {
        var code = ((DeterministicCode)network.Latent).Code;
        var output = (DenseLayer)network.Decoder[^1];
        var (features, latent) = (network.FeatureCount, network.LatentDimension);
        var decoded = new Subspace(Enumerable.Range(0, latent).Select(l => Enumerable.Range(0, features).Select(j => (double)output.Weight[j * latent + l]).ToArray()));
        var error = rows.Average(x =>
        {
            var z = Enumerable.Range(0, latent).Select(l => code.Bias[l] + x.Select((v, j) => (double)v * code.Weight[l * features + j]).Sum()).ToArray();
            return x.Select((v, j) => Math.Pow(v - output.Bias[j] - z.Select((value, l) => value * output.Weight[j * latent + l]).Sum(), 2)).Sum();
        });
        return (error, decoded.AngleTo(pca.Principal));
    }
}
