using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>What models of series learn of waves, beside what one linear layer each way does with as many latent dimensions.</summary>
public sealed class SeriesVaeTests
{
    private const int Rows = 1_000, Latent = 4;

    private static readonly Lazy<float[][]> Waves = new(() => GeneratedSeries.Create(Rows, seed: 1));

    private static readonly Lazy<double> Linear = new(() => HeldOut(VaeArchitecture.Linear, epochs: 20, learningRate: 3e-3));

    [Fact]
    public void Convolutions_explain_waves_better_than_a_linear_model()
        => AssertBetter(
            VaeArchitecture.Convolutional1D(GeneratedSeries.Steps, GeneratedSeries.Channels, 16, 32), epochs: 25, learningRate: 3e-3);

    [Fact]
    public void Recurrences_explain_waves_better_than_a_linear_model()
        => AssertBetter(
            VaeArchitecture.Recurrent(GeneratedSeries.Steps, GeneratedSeries.Channels, hiddenSize: 32), epochs: 40, learningRate: 1e-2);

    private static void AssertBetter(VaeArchitecture architecture, int epochs, double learningRate)
    {
        var found = HeldOut(architecture, epochs, learningRate);
        Assert.True(found > Linear.Value + 10, $"ELBO {found:F2}, of a linear model {Linear.Value:F2}");
    }

    private static double HeldOut(VaeArchitecture architecture, int epochs, double learningRate)
    {
        var options = new VaeOptions
        {
            Architecture = architecture,
            Latent = VaeLatent.Gaussian(Latent),
            Training = new() { Epochs = epochs, BatchSize = 32, LearningRate = learningRate, ValidationFraction = 0.2 },
        };
        return Trainer.Train(Waves.Value, options).History.Epochs.Max(epoch => epoch.ValidationElbo!.Value);
    }
}
