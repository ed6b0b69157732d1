using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Corruptions;

/// <summary>
/// Trained on corrupted rows, an autoencoder makes clean ones of rows that are corrupted the same way (Vincent et al. 2008).
/// </summary>
public sealed class DenoisingAutoencoderTests
{
    private const int TrainingRows = 1_400;

    private static readonly Lazy<TrainedVae> TrainedClean = new(() => Train(TestData.OpticalDigits()[..TrainingRows], corruption: null));

    public static TheoryData<VaeCorruption> Corruptions =>
    [
        VaeCorruption.GaussianNoise(0.4), VaeCorruption.SaltAndPepper(0.3), VaeCorruption.Masking(0.5), VaeCorruption.Masking(0.9),
    ];

    [Theory]
    [MemberData(nameof(Corruptions))]
    public void Restores_what_the_same_net_trained_clean_does_not(VaeCorruption corruption)
    {
        var rows = TestData.OpticalDigits();
        var (seen, unseen) = (rows[..TrainingRows], rows[TrainingRows..]);
        var corrupted = corruption.Apply(unseen, seed: 5, VaeNormalization.None, seen);

        var denoising = TrainedGraph.Error(Train(seen, corruption), corrupted, unseen);
        var clean = TrainedGraph.Error(TrainedClean.Value, corrupted, unseen);

        Assert.InRange(denoising, 0, 0.8 * clean);
    }

    [Fact]
    public void Draws_its_noise_from_the_seed_and_from_nothing_else()
    {
        var rows = Trainer.FactorRows(count: 200, features: 6, factors: 2, noise: 0.1, seed: 1);
        float[] Weights(VaeCorruption? corruption, int seed) => ((DenseLayer)Trainer.Train(rows, new()
        {
            Latent = VaeLatent.Deterministic(2),
            Corruption = corruption,
            Training = new() { Epochs = 2, Seed = seed },
        }).Network.Decoder[^1]).Weight;

        var noise = VaeCorruption.GaussianNoise(0.5);
        Assert.Equal(Weights(noise, seed: 1), Weights(noise, seed: 1));
        Assert.NotEqual(Weights(noise, seed: 1), Weights(noise, seed: 2));
        Assert.NotEqual(Weights(noise, seed: 1), Weights(corruption: null, seed: 1));
    }

    [Fact]
    public void Epochs_are_judged_on_rows_that_are_corrupted_as_those_trained_on()
    {
        var rows = Trainer.FactorRows(count: 2_000, features: 6, factors: 2, noise: 0.1, seed: 1);
        var best = Trainer.Train(rows, new()
        {
            Latent = VaeLatent.Deterministic(2),
            Likelihood = VaeLikelihood.GaussianWithSigma(0.5),
            Corruption = VaeCorruption.Masking(0.5),
            Training = new() { Epochs = 20, LearningRate = 0.01, ValidationFraction = 0.4 },
        }).History.Best;

        // Whole rows would be better by more than a nat.
        Assert.Equal(best.Elbo, best.ValidationElbo!.Value, 0.5);
    }

    [Fact]
    public void Epochs_are_judged_by_the_same_noise()
    {
        var rows = Trainer.FactorRows(count: 300, features: 6, factors: 2, noise: 0.1, seed: 1);
        var epochs = Trainer.Train(rows, new()
        {
            Latent = VaeLatent.Deterministic(2),
            Likelihood = VaeLikelihood.GaussianWithSigma(0.5),
            Corruption = VaeCorruption.Masking(0.5),
            Training = new() { Epochs = 3, LearningRate = 1e-12 },
        }).History.Epochs;

        Assert.Equal(3, epochs.Count);
        Assert.All(epochs, epoch => Assert.Equal(epochs[0].ValidationElbo!.Value, epoch.ValidationElbo!.Value, 1e-4));
        Assert.True(epochs.Select(epoch => epoch.Reconstruction).Distinct().Count() > 1, "Each step draws afresh.");
    }

    [Fact]
    public void A_network_that_never_sees_a_whole_row_keeps_a_late_epoch()
    {
        var trained = Trainer.Train(TestData.OpticalDigits()[..TrainingRows], Options(VaeCorruption.Masking(0.9)));

        // Judged on whole rows, of which it sees none, the first epochs were the best.
        Assert.InRange(trained.History.BestEpoch, 20, 30);
    }

    private static TrainedVae Train(float[][] rows, VaeCorruption? corruption) => Trainer.Train(rows, Options(corruption)).Network;

    private static VaeOptions Options(VaeCorruption? corruption) => new()
    {
        Architecture = VaeArchitecture.Mlp(128),
        Latent = VaeLatent.Deterministic(32),
        Corruption = corruption,
        Normalization = VaeNormalization.None,
        Training = new() { Epochs = 30, BatchSize = 64, LearningRate = 0.003 },
    };
}
