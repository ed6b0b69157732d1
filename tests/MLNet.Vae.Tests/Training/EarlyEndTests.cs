using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Training;

public class EarlyEndTests
{
    [Fact]
    public void A_bound_that_still_rises_at_the_last_epoch_is_told_of()
        => Assert.Equal(
            "Training ended while the held-out bound was still rising, by 2.00 nats per row over the last 2 of 10 epochs: the model would "
                + "be better for more. Raise Epochs, or leave it null.",
            EarlyEnd.Of(Epochs(10, epoch => epoch), bestEpoch: 10));

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, EarlyEnd.Rise / 2)]
    public void One_that_was_best_before_or_hardly_rises_is_not(int best, double perEpoch)
        => Assert.Null(EarlyEnd.Of(Epochs(10, epoch => perEpoch * epoch), best));

    [Fact]
    public void Without_held_out_rows_or_a_second_epoch_there_is_nothing_to_tell()
    {
        Assert.Null(EarlyEnd.Of(Epochs(10, _ => null), bestEpoch: 10));
        Assert.Null(EarlyEnd.Of(Epochs(1, epoch => epoch), bestEpoch: 1));
    }

    [Fact]
    public void A_fit_of_too_few_epochs_says_so()
    {
        var mlContext = new MLContext(seed: 1);
        var log = new ContextLog(mlContext);
        using var transformer = mlContext.Transforms
            .VaeEmbed(new VaeOptions { Training = new() { Epochs = 5, BatchSize = 16, LearningRate = 0.003, Seed = 1 } })
            .Fit(FactorRows.View(mlContext, 300));
        Assert.Contains(log.Warnings, warning => warning.StartsWith("Training ended while the held-out bound", StringComparison.Ordinal));
    }

    private static VaeEpoch[] Epochs(int count, Func<int, double?> bound)
        => [.. Enumerable.Range(1, count).Select(epoch => new VaeEpoch
        {
            Epoch = epoch,
            Reconstruction = 1,
            Kl = 1,
            Beta = 1,
            ValidationElbo = bound(epoch),
            KlPerDimension = [1],
            ActiveUnits = 1,
            LearningRate = 0.01,
            RowsPerSecond = 1,
        })];
}
