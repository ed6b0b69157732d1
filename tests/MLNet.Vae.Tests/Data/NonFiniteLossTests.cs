using Microsoft.ML;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Data;

public class NonFiniteLossTests
{
    // Its square is beyond single precision.
    private const float Huge = 1e25f;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void In_the_first_epoch_is_an_error_that_names_epoch_and_batch_and_the_largest_value()
    {
        var rows = FactorRows.Create(100).ConvertAll(row => row.Select(value => value * Huge).ToArray());
        var (value, row, slot) = rows.SelectMany((row, i) => row.Select((value, j) => (value, i, j))).MaxBy(cell => Math.Abs(cell.value));
        var options = TinyVae.Options with { Normalization = VaeNormalization.None, Training = TinyVae.Training with { LearningRate = 1 } };
        var exception = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows)),
            "so large values"
        );
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(
            "The loss was no longer finite in epoch 1, batch 1, before any epoch had ended. "
                + FormattableString.Invariant($"Column \"Features\", row {row} (counted from 0), slot {slot}: {value}, normalised ")
                + FormattableString.Invariant($"{Math.Abs(value):G3}, is too large for single precision. Leave such rows out, or set ")
                + "Normalization = VaeNormalization.Standardize.",
            exception.Message);
    }

    [Fact]
    public void Under_min_max_the_value_is_to_blame_that_the_range_comes_from()
    {
        var rows = FactorRows.Create(40);
        (rows[3][2], rows[8][2]) = (float.MaxValue, -float.MaxValue);
        var options = TinyVae.Options with { Normalization = VaeNormalization.MinMax };
        var exception = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows)),
            "such a range"
        );
        Assert.Contains(
            "Column \"Features\", row 3 (counted from 0), slot 2: 3.4028235E+38, normalised Infinity, is too large for single precision.",
            exception.Message
        );
        Assert.DoesNotContain("LearningRate", exception.Message);
    }

    /// <summary>What is the default already, or is refused, is no advice.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_no_value_is_to_blame_the_step_is(bool counts)
    {
        var rows = FactorRows.Create(40).ConvertAll(row => Array.ConvertAll(row, value => counts ? MathF.Round(MathF.Abs(value)) : value));
        var options = TinyVae.Options with
        {
            Likelihood = counts ? VaeLikelihood.Poisson : VaeLikelihood.Gaussian,
        };
        var inputs = TrainingInputs.Of(FactorRows.View(_mlContext, rows).Schema, options);
        using var data = new TrainingRowsLoader(new ArraySource([.. rows]), options, seed: 1, TorchSharp.torch.CPU).Load();
        Assert.Equal("Lower LearningRate or MaximumGradientNorm.", DivergenceAdvice.Of(data, inputs, options));
        var asGiven = options with { Normalization = VaeNormalization.None };
        using var unscaled = new TrainingRowsLoader(new ArraySource([.. rows]), asGiven, seed: 1, TorchSharp.torch.CPU).Load();
        Assert.Equal(
            $"Lower LearningRate or MaximumGradientNorm{(counts ? "" : ", or set Normalization = VaeNormalization.Standardize")}.",
            DivergenceAdvice.Of(unscaled, inputs, asGiven)
        );
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
    public void Of_one_held_out_row_alone_it_judges_no_epoch()
    {
        // Training never sees the huge row; a bound that had it would be infinite in every epoch.
        var (rows, heldOut) = (WideRows.Create(), HeldOut());
        rows[heldOut[0]][0] = Huge;
        using var transformer = Fit(rows);
        Assert.All(transformer.History().Epochs, epoch => Assert.True(double.IsFinite(epoch.ValidationElbo!.Value)));
        Assert.Contains(
            transformer.History().Warnings,
            warning => warning.StartsWith(
                "The loss of a few rows outweighs that of all others: of those held out 1 "
                    + FormattableString.Invariant($"(row {heldOut[0]}), without which epochs are judged."),
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void Of_many_held_out_rows_it_is_an_error()
    {
        var rows = WideRows.Create();
        foreach (var row in HeldOut())
            rows[row][0] = Huge;
        var exception = Refusal.Expect(() => Fit(rows), "a bound that is infinite");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.StartsWith("The bound on the held-out rows was not finite in any epoch. Column \"Features\", row ", exception.Message);
        Assert.Contains("slot 0: 1E+25", exception.Message);
    }

    private static int[] HeldOut()
    {
        var split = new RowSplit(TinyVae.Training.ValidationFraction, TinyVae.Seed);
        return [.. Enumerable.Range(0, WideRows.Count).Where(row => split.IsHeldOut(row))];
    }

    private VaeTransformer Fit(List<float[]> rows) =>
        _mlContext
            .Transforms.VaeEmbed(WideRows.Streamed with { Normalization = VaeNormalization.None })
            .Fit(new PassView(WideRows.Features, _ => rows));
}
