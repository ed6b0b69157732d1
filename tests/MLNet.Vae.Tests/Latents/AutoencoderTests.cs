using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Autoencoders with hidden layers (Hinton and Salakhutdinov 2006).</summary>
public sealed class AutoencoderTests
{
    private const int Latent = 2, TrainingRows = 1_400;

    [Theory]
    [InlineData(Activation.Relu, 64)]
    [InlineData(Activation.Gelu, 64)]
    [InlineData(Activation.Tanh, 64, 32)]
    [InlineData(Activation.Sigmoid, 64)]
    public void Beat_PCA_of_the_same_size_on_digits_they_have_not_seen(Activation activation, params int[] hidden)
    {
        var rows = TestData.OpticalDigits();
        var (seen, unseen) = (rows[..TrainingRows], rows[TrainingRows..]);
        var network = Trainer.Train(seen, new()
        {
            Architecture = VaeArchitecture.Mlp(hidden) with { Activation = activation },
            Latent = VaeLatent.Deterministic(Latent),
            Normalization = VaeNormalization.None,
            Training = new() { Epochs = 40, BatchSize = 64, LearningRate = 0.01 },
        }).Network;

        var pca = new ProbabilisticPca(seen, Latent).Principal.Error(unseen);
        Assert.InRange(TrainedGraph.Error(network, unseen), 0, 0.95 * pca);
    }
}
