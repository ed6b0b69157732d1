using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>Training on the importance-weighted bound.</summary>
public sealed class ImportanceWeightedTests
{
    private static readonly float[][] Rows = Trainer.FactorRows(count: 400, features: 6, factors: 2, noise: 0.5, seed: 1);

    [Fact]
    public void The_best_epoch_is_the_one_with_the_best_bound_of_as_many_samples()
    {
        var history = Train(new() { ImportanceWeighted = true, Samples = 8 }).History;

        Assert.All(history.Epochs, epoch => Assert.True(epoch.ImportanceWeightedBound > epoch.ValidationElbo));
        Assert.Equal(history.Epochs.MaxBy(epoch => epoch.ImportanceWeightedBound)!.Epoch, history.BestEpoch);
    }

    [Fact]
    public void A_model_that_is_not_trained_on_it_says_nothing_of_it()
        => Assert.All(Train(new() { Samples = 8 }).History.Epochs, epoch => Assert.Null(epoch.ImportanceWeightedBound));

    private static TrainingResult Train(VaeObjective objective) => Trainer.Train(Rows, new()
    {
        Architecture = VaeArchitecture.Mlp(16),
        Latent = VaeLatent.Gaussian(2),
        Objective = objective,
        Training = new() { Epochs = 20, LearningRate = 0.01 },
    });
}
