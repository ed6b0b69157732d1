using MLNet.Vae.Latents;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Training of vector-quantised models.</summary>
public sealed class VectorQuantizedTrainingTests
{
    private const int CodebookSize = 64;

    /// <summary>Sizes of codebook and batch of which each entry stands for two rows of a batch, 12 steps an epoch, so 300 in all.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(4, 2)]
    public void On_digits_the_perplexity_is_above_half_the_codebook(int codes, int dimension)
    {
        var rows = TestData.OpticalDigits();

        var history = Train(rows, new() { CodebookSize = CodebookSize, CodeDimension = dimension, Codes = codes }).History;

        var best = history.Best;
        Assert.InRange(best.Perplexity!.Value, CodebookSize / 2.0, CodebookSize);
        Assert.Empty(history.Warnings);
        Assert.Equal(codes * Math.Log(CodebookSize), best.Kl, 1e-3);
        Assert.Equal(codes * Math.Log(CodebookSize), best.KlPerDimension.Sum(), 1e-3);
        Assert.True(best.ActiveUnits > 0);
        Assert.True(best.Penalty > 0);
    }

    [Fact]
    public void A_codebook_that_is_hardly_used_is_warned_of()
    {
        var rows = Trainer.FactorRows(count: 200, features: 5, factors: 2, noise: 0.1, seed: 1);
        var result = Trainer.Train(rows, new()
        {
            Latent = VaeLatent.VectorQuantized(4096, 4),
            Training = new() { Epochs = 2, BatchSize = 32 },
        });
        var perplexity = result.History.Best.Perplexity!.Value;
        Assert.InRange(perplexity, 1, 20);
        Assert.Equal(
            FormattableString.Invariant(
                $"The codebook is hardly used: the perplexity of its 4096 entries is {perplexity:F1}. Train for longer, or lower ")
                + "CodebookSize.",
            Assert.Single(result.History.Warnings)
        );
    }

    /// <summary>
    /// Entries are changed by every step and belong to the weights: the best epoch's come back with the rest, once those after it were no
    /// better.
    /// </summary>
    [Fact]
    public void The_best_epoch_has_its_own_codebook()
    {
        var rows = Trainer.FactorRows(count: 120, features: 5, factors: 2, noise: 0.5, seed: 1);
        var options = new VaeOptions
        {
            Latent = VaeLatent.VectorQuantized(16, 4),
            Training = new()
            {
                Epochs = 1_000,
                BatchSize = 32,
                LearningRate = 0.02,
                Schedule = VaeLearningRateSchedule.Constant,
                Patience = 3,
                ValidationFraction = 0.3,
            },
        };
        var stopped = Trainer.Train(rows, options);
        Assert.Equal(VaeStopReason.EarlyStopping, stopped.History.StopReason);
        var upToTheBest = Trainer.Train(rows, options with { Training = options.Training with { Epochs = stopped.History.BestEpoch } });
        Assert.Equal(Codebook(upToTheBest), Codebook(stopped));
    }

    [Fact]
    public void Perplexity_is_the_number_of_entries_in_use_where_all_are_used_alike()
    {
        Assert.Equal(1, Vae.Training.Evaluator.PerplexityOf([0, 7, 0]), 1e-12);
        Assert.Equal(4, Vae.Training.Evaluator.PerplexityOf([3, 3, 0, 3, 3]), 1e-12);
        Assert.Equal(Math.Exp((0.75 * Math.Log(4 / 3.0)) + (0.25 * Math.Log(4))), Vae.Training.Evaluator.PerplexityOf([1, 3]), 1e-12);
    }

    private static float[] Codebook(Vae.Training.TrainingResult result) => ((QuantizedPosterior)result.Network.Latent).Codebook;

    private static Vae.Training.TrainingResult Train(float[][] rows, VectorQuantizedLatent latent) => Trainer.Train(rows, new()
    {
        Architecture = VaeArchitecture.Mlp(64),
        Latent = latent,
        Training = new() { Epochs = 25, LearningRate = 0.003 },
    });
}
