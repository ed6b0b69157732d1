using MLNet.Vae.Tests.Initialization;

namespace MLNet.Vae.Tests.Training;

/// <summary>A linear variational autoencoder at its optimum is probabilistic PCA, whose solution has a closed form.</summary>
public sealed class LinearVaeTests
{
    private const double NatsTolerance = 0.05, SigmaTolerance = 0.02, ErrorTolerance = 0.01;

    [Theory]
    [InlineData(2, 0.0057, 0.054117, 3.35525, 1_000)]
    [InlineData(8, 14.2098, 0.027329, 1.53045, 1_000)]
    [InlineData(16, 23.9294, 0.014725, 0.70680, 2_500)]
    [InlineData(32, 35.2470, 0.004935, 0.15791, 5_000)]
    public void Reaches_the_closed_form_on_optical_digits(
        int latent,
        double logLikelihood,
        double sigmaSquared,
        double pcaError,
        int epochs
    )
    {
        var rows = TestData.OpticalDigits();
        var pca = new ProbabilisticPca(rows, latent);
        Assert.Equal(logLikelihood, pca.LogLikelihood, 0.0001);
        Assert.Equal(sigmaSquared, pca.SigmaSquared, 0.000001);
        Assert.Equal(pcaError, pca.PcaError, 0.00001);

        AssertReaches(pca, rows, latent, epochs, batchSize: 512, learningRate: 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Reaches_the_closed_form_on_generated_rows(int latent)
    {
        var rows = Trainer.FactorRows(count: 1_000, features: 10, factors: 3, noise: 0.5, seed: latent);

        AssertReaches(new ProbabilisticPca(rows, latent), rows, latent, epochs: 1_000, batchSize: 500, learningRate: 0.02);
    }

    private static void AssertReaches(ProbabilisticPca pca, float[][] rows, int latent, int epochs, int batchSize, double learningRate)
    {
        var result = Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(latent),
            Normalization = VaeNormalization.None,
            Training = new()
            {
                Initialization = VaeInitialization.Random,
                Epochs = epochs,
                BatchSize = batchSize,
                LearningRate = learningRate,
                ValidationFraction = 0,
            },
        });

        var linear = new LinearNetwork(result.Network);
        var elbo = linear.Elbo(rows);
        Assert.InRange(elbo, pca.LogLikelihood - NatsTolerance, pca.LogLikelihood + 1e-3);
        AssertNear(pca.SigmaSquared, linear.SigmaSquared, SigmaTolerance);
        AssertNear(pca.PosteriorMeanError, linear.Error(rows), SigmaTolerance);
        AssertNear(pca.PcaError, linear.ProjectionError(rows), ErrorTolerance);
    }

    private static void AssertNear(double expected, double found, double relative)
        => Assert.InRange(found, expected * (1 - relative), expected * (1 + relative));
}
