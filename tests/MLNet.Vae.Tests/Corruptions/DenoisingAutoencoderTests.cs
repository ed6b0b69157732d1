using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
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
        var corrupted = Corrupted(unseen, corruption);

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
    public void Epochs_are_judged_on_clean_rows()
    {
        var rows = Trainer.FactorRows(count: 400, features: 6, factors: 2, noise: 0.1, seed: 1);
        var best = Trainer.Train(rows, new()
        {
            Latent = VaeLatent.Deterministic(2),
            Likelihood = VaeLikelihood.GaussianWithSigma(0.5),
            Corruption = VaeCorruption.Masking(0.5),
            Training = new() { Epochs = 60, LearningRate = 0.01 },
        }).History.Best;

        Assert.True(best.ValidationElbo > best.Elbo + 1, $"{best.ValidationElbo} held out, {best.Elbo} as trained");
    }

    private static TrainedVae Train(float[][] rows, VaeCorruption? corruption) => Trainer.Train(rows, new()
    {
        Architecture = VaeArchitecture.Mlp(128),
        Latent = VaeLatent.Deterministic(32),
        Corruption = corruption,
        Normalization = VaeNormalization.None,
        Training = new() { Epochs = 30, BatchSize = 64, LearningRate = 0.003 },
    }).Network;

    private static float[][] Corrupted(float[][] rows, VaeCorruption corruption)
    {
        var random = new Random(5);
        float Value(float x) => corruption switch
        {
            GaussianCorruption gaussian => (float)(x + gaussian.Sigma * Trainer.Normal(random)),
            SaltAndPepperCorruption salt => random.NextDouble() >= salt.Share ? x : random.Next(2),
            MaskingCorruption masking => random.NextDouble() >= masking.Share ? x : 0,
            _ => throw new ArgumentOutOfRangeException(nameof(corruption)),
        };
        return [.. rows.Select(row => row.Select(Value).ToArray())];
    }
}
