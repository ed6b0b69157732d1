using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Data;

/// <summary>Rows beyond the memory limit are read again in each epoch, and nothing else changes.</summary>
public class StreamingTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Rows_that_fit_are_read_once()
    {
        var source = new ProbeView(FactorRows.View(_mlContext, 200));
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(source);
        Assert.Equal((1, 200), (source.CursorsMade, source.RowsRead));
        Assert.Equal(0, source.OpenCursors);
        Assert.Null(Assert.Single(source.ShufflesAsked));
    }

    [Fact]
    public void Only_the_features_are_asked_of_the_source()
    {
        var source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(50)));
        using var transformer = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions).Fit(source);
        Assert.Equal(["Features"], Assert.Single(source.ColumnsAsked));
    }

    [Fact]
    public void Rows_beyond_the_limit_are_read_once_and_once_more_per_epoch()
    {
        var log = new ContextLog(_mlContext);
        var source = new PassView(WideRows.Features, _ => WideRows.Create());
        using var transformer = _mlContext.Transforms.VaeEmbed(WideRows.Streamed).Fit(source);
        Assert.Equal(1 + TinyVae.Epochs, source.Passes);
        Assert.Equal(0, source.OpenCursors);
        var history = transformer.History();
        Assert.Equal(WideRows.Count, history.TrainingRows + history.ValidationRows);
        Assert.Equal(
            $"Column 'Features': 1024 features, {history.TrainingRows} rows to train on, {history.ValidationRows} held out, "
                + "streamed once per epoch, device cpu.",
            log.Training[0]);
    }

    [Fact]
    public void The_limit_itself_still_fits()
    {
        const int Fitting = (int)(VaeTrainingOptions.MinimumMemoryLimit / (WideRows.Features * sizeof(float)));
        Assert.Equal(1, Passes(Fitting));
        Assert.Equal(1 + TinyVae.Epochs, Passes(Fitting + 1));

        int Passes(int rows)
        {
            var source = new PassView(WideRows.Features, _ => WideRows.Create(rows));
            using var transformer = _mlContext.Transforms.VaeEmbed(WideRows.Streamed).Fit(source);
            return source.Passes;
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = Fit(WideRows.Streamed);
        using var second = Fit(WideRows.Streamed);
        WeightsAssert.Same(first.Model, second.Model);
        using var other = Fit(WideRows.Streamed with { Training = WideRows.Streamed.Training with { Seed = TinyVae.Seed + 1 } });
        WeightsAssert.Differ(first.Model, other.Model);
    }

    [Fact]
    public void Learns_as_much_as_from_memory()
    {
        var training = TinyVae.Training with { Epochs = 30, LearningRate = 0.01 };
        using var inMemory = Fit(TinyVae.Options with { Training = training });
        using var streamed = Fit(TinyVae.Options with { Training = training with { MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit } });

        // Another choice of held-out rows and another order: nats per feature agree as far as a sample of sixty rows does.
        var expected = inMemory.History().Best.ValidationElbo!.Value / WideRows.Features;
        var actual = streamed.History().Best.ValidationElbo!.Value / WideRows.Features;
        Assert.Equal(expected, actual, 0.05);
        Assert.True(actual > inMemory.History().Epochs[0].ValidationElbo / WideRows.Features + 0.3);
    }

    [Fact]
    public void About_the_share_that_the_options_ask_for_is_held_out_as_far_as_it_fits()
    {
        using var transformer = Fit(WideRows.Streamed);
        Assert.InRange(transformer.History().ValidationRows, 0.05 * WideRows.Count, 0.15 * WideRows.Count);
        using var half = Fit(WideRows.Streamed with { Training = WideRows.Streamed.Training with { ValidationFraction = 0.5 } });

        // A quarter of the limit is for them: 64 rows.
        Assert.InRange(half.History().ValidationRows, 20, 64);
        using var none = Fit(WideRows.Streamed with { Training = WideRows.Streamed.Training with { ValidationFraction = 0 } });
        Assert.Equal((WideRows.Count, 0), (none.History().TrainingRows, none.History().ValidationRows));
    }

    [Fact]
    public void A_detector_has_its_threshold_from_the_held_out_rows()
    {
        var options = TinyVae.AnomalyOptions with { Training = WideRows.Streamed.Training };
        using var transformer = _mlContext
            .AnomalyDetection.Trainers.Vae(options)
            .Fit(new PassView(WideRows.Features, _ => WideRows.Create()));
        Assert.True(double.IsFinite(transformer.Threshold!.Value));
        var labels = transformer
            .Transform(SampleData.Features(_mlContext, WideRows.Create(), WideRows.Features))
            .GetColumn<bool>("PredictedLabel");
        Assert.InRange(labels.Count(label => label), 1, WideRows.Count / 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Of_few_rows_at_least_one_is_held_out_and_one_trained_on(int seed)
    {
        // One row alone is beyond the limit.
        const int Features = 300_000;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 3).Select(_ => SampleData.Dense(random, Features))];
        foreach (var fraction in new[] { 0.1, 0.9 })
        {
            var options = TinyVae.AnomalyOptions with
            {
                Architecture = VaeArchitecture.Mlp(1),
                Training = WideRows.Streamed.Training with { Seed = seed, Epochs = 1, ValidationFraction = fraction },
            };
            using var transformer = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(new PassView(Features, _ => rows));
            Assert.InRange(transformer.History().ValidationRows, 1, 2);
            Assert.True(double.IsFinite(transformer.Threshold!.Value));
        }
    }

    [Fact]
    public void Of_very_wide_rows_too_some_judge_the_epoch_where_none_is_held_out()
    {
        const int Features = 600_000;
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 3).Select(_ => SampleData.Dense(random, Features))];
        var options = WideRows.Streamed with
        {
            Architecture = VaeArchitecture.Mlp(1),
            Training = WideRows.Streamed.Training with { Epochs = 1, ValidationFraction = 0 },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(new PassView(Features, _ => rows));
        Assert.All(transformer.History().Best.KlPerDimension, kl => Assert.True(double.IsFinite(kl)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(+1)]
    public void A_source_that_gives_other_rows_in_a_later_pass_is_an_error(int difference)
    {
        var changed = WideRows.Count + difference;
        var view = new PassView(WideRows.Features, pass => WideRows.Create(pass == 1 ? WideRows.Count : changed));
        var exception = Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(WideRows.Streamed).Fit(view), "rows that come and go");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(
            $"Column \"Features\": the source gave {changed} rows in this pass and 600 in the first. "
                + "It must give the same rows each time; cache it with mlContext.Data.Cache if it cannot.",
            exception.Message);
        Assert.Equal(0, view.OpenCursors);
    }

    [Fact]
    public void A_bad_value_in_a_later_pass_is_an_error()
    {
        var rows = WideRows.Create();
        var spoilt = WideRows.Create();
        spoilt[^1][5] = float.NaN;
        var view = new PassView(WideRows.Features, pass => pass == 1 ? rows : spoilt);
        Assert.StartsWith(
            "Column \"Features\", row 599 (counted from 0), slot 5: expected a finite number, found NaN.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(WideRows.Streamed).Fit(view), "a NaN").Message,
            StringComparison.Ordinal);
        Assert.Equal(0, view.OpenCursors);
    }

    [Fact]
    public void Cancelling_reads_no_more_than_the_block_that_is_being_read()
    {
        // A block has a quarter of a million values.
        const int Block = (1 << 18) / WideRows.Features;
        using var cancellation = new CancellationTokenSource();
        var rows = WideRows.Create();
        var read = 0;
        IEnumerable<float[]> Counted(int pass)
        {
            foreach (var row in rows)
            {
                if (pass == 3 && ++read == 10)
                {
                    cancellation.Cancel();
                }

                yield return row;
            }
        }

        var view = new PassView(WideRows.Features, Counted);
        var options = WideRows.Streamed with
        {
            Training = WideRows.Streamed.Training with
            {
                CancellationToken = cancellation.Token,
                OnCancellation = VaeCancellationBehavior.ReturnBest,
            },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(view);
        Assert.Equal((VaeStopReason.Cancelled, 1), (transformer.History().StopReason, transformer.History().Epochs.Count));
        Assert.InRange(read, 10, Block);
        Assert.Equal(0, view.OpenCursors);
    }

    private VaeTransformer Fit(VaeOptions options)
        => _mlContext.Transforms.VaeEmbed(options).Fit(SampleData.Features(_mlContext, WideRows.Create(), WideRows.Features));
}
