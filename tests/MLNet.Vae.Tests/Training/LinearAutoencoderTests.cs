using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Initialization;

namespace MLNet.Vae.Tests.Training;

/// <summary>A linear autoencoder at its optimum spans the principal subspace (Bourlard and Kamp 1988; Baldi and Hornik 1989).</summary>
public sealed class LinearAutoencoderTests
{
    private const double LargestAngle = 0.02, ErrorTolerance = 0.01;

    [Theory]
    [InlineData(2, 3.35525, 400, 0.05)]
    [InlineData(8, 1.53045, 400, 0.05)]
    [InlineData(16, 0.70680, 400, 0.05)]
    [InlineData(32, 0.15791, 1_500, 0.02)]
    public void Is_PCA_on_optical_digits(int latent, double pcaError, int epochs, double learningRate)
    {
        var rows = TestData.OpticalDigits();
        var pca = new ProbabilisticPca(rows, latent);
        Assert.Equal(pcaError, pca.PcaError, 0.00001);

        AssertIsPca(pca, rows, latent, epochs, learningRate, VaeLikelihood.Gaussian);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_PCA_on_generated_rows_whether_sigma_is_learned_or_fixed(bool isFixed)
    {
        var rows = Trainer.FactorRows(count: 1_000, features: 10, factors: 3, noise: 0.5, seed: 2);
        AssertIsPca(
            new ProbabilisticPca(rows, 3),
            rows,
            3,
            epochs: 300,
            learningRate: 0.05,
            isFixed ? VaeLikelihood.GaussianWithSigma(0.5) : VaeLikelihood.Gaussian
        );
    }

    private static void AssertIsPca(
        ProbabilisticPca pca,
        float[][] rows,
        int latent,
        int epochs,
        double learningRate,
        VaeLikelihood likelihood
    )
    {
        var network = Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Deterministic(latent),
            Likelihood = likelihood,
            Normalization = VaeNormalization.None,
            Training = new()
            {
                Initialization = VaeInitialization.Random,
                Epochs = epochs,
                BatchSize = 450,
                LearningRate = learningRate,
                ValidationFraction = 0,
            },
        }).Network;

        var error = TrainedGraph.Error(network, rows);
        Assert.InRange(error, pca.PcaError * (1 - 1e-4), pca.PcaError * (1 + ErrorTolerance));
        Assert.InRange(Decoded(network).AngleTo(pca.Principal), 0, LargestAngle);
    }

    /// <summary>The span of the decoder's columns.</summary>
    private static Subspace Decoded(TrainedVae network)
    {
        var weight = ((DenseLayer)network.Decoder[^1]).Weight;
        var latent = network.LatentDimension;
        return new(
            Enumerable
                .Range(0, latent)
                .Select(l => Enumerable.Range(0, network.FeatureCount).Select(j => (double)weight[j * latent + l]).ToArray())
        );
    }
}
