using Microsoft.ML;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Data;

public class NonFiniteLossTests
{
    // Its square is beyond single precision.
    private const float Huge = 1e25f;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void In_the_first_epoch_is_an_error_that_names_epoch_and_batch()
    {
        var rows = FactorRows.Create(100).Select(row => row.Select(value => value * Huge).ToArray());
        var options = TinyVae.Options with { Normalization = VaeNormalization.None, Training = TinyVae.Training with { LearningRate = 1 } };
        var exception = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows)),
            "so large values"
        );
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(
            "The loss was no longer finite in epoch 1, batch 1, before any epoch had ended. "
                + "Lower LearningRate or MaximumGradientNorm, or set Normalization = VaeNormalization.Standardize.",
            exception.Message);
    }

    [Fact]
    public void Later_it_ends_training_with_the_best_weights_and_a_warning()
    {
        // The first pass takes the measure of the rows, the second is the first epoch.
        const int LastGoodPass = 3;
        var log = new ContextLog(_mlContext);
        var rows = WideRows.Create();
        var huge = rows.ConvertAll(row => Array.ConvertAll(row, value => value * Huge));
        var view = new PassView(WideRows.Features, pass => pass <= LastGoodPass ? rows : huge);
        var options = WideRows.Streamed with { Training = WideRows.Streamed.Training with { Epochs = 5 } };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(view);

        var history = transformer.History();
        Assert.Equal((VaeStopReason.NonFiniteLoss, 2), (history.StopReason, history.Epochs.Count));
        var expected = $"The loss was no longer finite in epoch 3, batch 1; the model has the weights of epoch {history.BestEpoch}. "
            + "Lower LearningRate or MaximumGradientNorm.";
        Assert.Contains(expected, log.Warnings);
        Assert.Contains(expected, history.Warnings);

        using var before = _mlContext
            .Transforms.VaeEmbed(options)
            .Fit(new PassView(WideRows.Features, pass => pass <= LastGoodPass ? rows : huge));
        WeightsAssert.Same(before.Model, transformer.Model);
    }

    [Fact]
    public void On_the_held_out_rows_alone_is_an_error_too()
    {
        // Training never sees the huge row; the bound on the held-out rows is infinite in every epoch.
        var rows = WideRows.Create();
        var split = new RowSplit(TinyVae.Training.ValidationFraction, TinyVae.Seed);
        var heldOut = Enumerable.Range(0, rows.Count).First(row => split.IsHeldOut(row));
        rows[heldOut][0] = Huge;
        var options = WideRows.Streamed with { Normalization = VaeNormalization.None };
        var exception = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(new PassView(WideRows.Features, _ => rows)), "a bound that is infinite");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Contains("finite", exception.Message, StringComparison.Ordinal);
        Assert.Contains("held", exception.Message, StringComparison.Ordinal);
    }
}
