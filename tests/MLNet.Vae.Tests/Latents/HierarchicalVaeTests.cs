using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>What a second level is good for.</summary>
public sealed class HierarchicalVaeTests
{
    [Fact]
    public void Two_levels_have_a_better_bound_than_one_where_the_data_have_two()
    {
        var rows = TwoLevelRows.Create(count: 1_000, seed: 1);

        var one = Fit(rows, VaeLatent.Gaussian(4));
        var two = Fit(rows, VaeLatent.Hierarchical(4, 2));

        // One level has one Gaussian prior for a closed curve; the second level learns the curve.
        var (boundOfOne, boundOfTwo) = (Best(one).ValidationElbo!.Value, Best(two).ValidationElbo!.Value);
        Assert.True(boundOfTwo > boundOfOne + 0.5, $"two levels {boundOfTwo:F3}, one {boundOfOne:F3}");
        Assert.All(Best(two).KlPerLevel!, kl => Assert.InRange(kl, 0.5, 20));
        Assert.DoesNotContain(two.History.Warnings, w => w.Contains("collapsed", StringComparison.Ordinal));
    }

    private static VaeEpoch Best(TrainingResult result) => result.History.Epochs.Single(e => e.Epoch == result.History.BestEpoch);

    /// <summary>Encoder and decoder are linear, so that all that bends is the prior.</summary>
    private static TrainingResult Fit(float[][] rows, VaeLatent latent) => Trainer.Train(rows, new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = latent,
        Normalization = VaeNormalization.None,
        Training = new()
        {
            Epochs = 80,
            LearningRate = 0.01,
            BatchSize = 64,
            ValidationFraction = 0.3,
            // As the two levels do.
            Initialization = VaeInitialization.Random,
        },
    });
}
