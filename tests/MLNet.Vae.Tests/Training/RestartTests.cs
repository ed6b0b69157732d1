using Microsoft.ML;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Training;

public sealed class RestartTests : IDisposable
{
    private const int Rows = 100,
        Restarts = 3;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public void The_run_with_the_best_bound_on_the_held_out_rows_is_kept()
    {
        using var transformer = Fit(TinyVae.Training with { Restarts = Restarts });
        var history = transformer.History();

        Assert.Equal(Restarts, history.Restarts.Count);
        Assert.Equal(Restarts, history.Restarts.Select(run => run.Seed).Distinct().Count());
        Assert.All(history.Restarts, run => Assert.Equal(-run.ValidationElbo, run.Loss));
        var chosen = Assert.Single(history.Restarts, run => run.IsChosen);
        Assert.Equal(history.Restarts.Max(run => run.ValidationElbo), chosen.ValidationElbo);
        Assert.Equal((chosen.ValidationElbo, chosen.BestEpoch), (history.Best.ValidationElbo, history.BestEpoch));
        Assert.Equal((TinyVae.Seed, VaeStopReason.Completed), (history.Seed, history.StopReason));
    }

    [Fact]
    public void The_first_run_is_the_one_there_is_without_restarts()
    {
        using var once = Fit(TinyVae.Training);
        using var restarted = Fit(TinyVae.Training with { Restarts = Restarts });

        Assert.Empty(once.History().Restarts);
        Assert.Equal(once.History().Best.ValidationElbo, restarted.History().Restarts[0].ValidationElbo);
        Assert.Equal(TinyVae.Seed, restarted.History().Restarts[0].Seed);
        if (restarted.History().Restarts[0].IsChosen)
            WeightsAssert.Same(once.Model, restarted.Model);
        else
            WeightsAssert.Differ(once.Model, restarted.Model);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = Fit(TinyVae.Training with { Restarts = Restarts });
        using var second = Fit(TinyVae.Training with { Restarts = Restarts });

        WeightsAssert.Same(first.Model, second.Model);
        Assert.Equal(first.History().Restarts, second.History().Restarts);
    }

    /// <summary>With β above 1 the bound is not what is trained, and not what runs are compared by.</summary>
    [Fact]
    public void What_is_compared_is_what_is_trained()
    {
        using var transformer = Fit(TinyVae.Training with { Restarts = Restarts }, new() { Beta = 4 });
        var runs = transformer.History().Restarts;

        Assert.Equal(runs.MinBy(run => run.Loss), runs.Single(run => run.IsChosen));
        Assert.All(runs, run => Assert.True(run.Loss > -run.ValidationElbo));
    }

    [Fact]
    public void Progress_tells_which_restart_it_is_and_the_time_left_for_all()
    {
        var progress = new EpochRecorder();
        using var transformer = Fit(TinyVae.Training with { Restarts = Restarts, Progress = progress });

        Assert.Equal(
            from restart in Enumerable.Range(1, Restarts)
            from epoch in Enumerable.Range(1, TinyVae.Epochs)
            select (restart, Restarts, epoch, TinyVae.Epochs),
            progress.Reports.Select(report => (report.Restart, report.RestartCount, report.Epoch.Epoch, report.EpochCount))
        );
        Assert.Equal(progress.Reports.Select(report => report.Elapsed).Order(), progress.Reports.Select(report => report.Elapsed));
        Assert.All(progress.Reports.SkipLast(1), report => Assert.True(report.TimeLeft > TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, progress.Reports[^1].TimeLeft);
    }

    [Fact]
    public void The_log_tells_of_each_restart_and_of_the_best()
    {
        var log = new ContextLog(_mlContext);
        using var transformer = Fit(TinyVae.Training with { Restarts = 2 });
        var runs = transformer.History().Restarts;

        var lines = log.Training.Where(line => line.StartsWith("Restart", StringComparison.Ordinal));
        var (best, worst) = (runs.Min(run => run.Loss), runs.Max(run => run.Loss));
        Assert.Equal(
            [
                $"Restart 1 of 2, seed {runs[0].Seed}.",
                $"Restart 2 of 2, seed {runs[1].Seed}.",
                FormattableString.Invariant(
                    $"Restart {(runs[0].IsChosen ? 1 : 2)} is the best of 2, with a loss of {best:F3} on the held-out rows; they range to ")
                        + FormattableString.Invariant($"{worst:F3}."
                ),
            ],
            lines
        );
    }

    [Fact]
    public void Warnings_are_those_of_the_run_that_is_kept()
    {
        // So heavy a KL term leaves nothing of the posterior but the prior, in every run.
        var training = TinyVae.Training with
        {
            Epochs = 60,
            LearningRate = 0.05,
            Restarts = 2,
        };
        using var transformer = Fit(training, new() { Beta = 1e6 });

        Assert.StartsWith("No latent dimension is active", Assert.Single(transformer.History().Warnings));
    }

    [Theory]
    [InlineData(VaeCancellationBehavior.Throw)]
    [InlineData(VaeCancellationBehavior.ReturnBest)]
    public void A_restart_that_is_cancelled_in_its_first_epoch_leaves_those_before(VaeCancellationBehavior behavior)
    {
        // The last report of the first run: the second does not end an epoch.
        var training = Cancelling(behavior, restart: 1, epoch: TinyVae.Epochs);
        if (behavior == VaeCancellationBehavior.Throw)
        {
            Assert.Throws<OperationCanceledException>(() => Fit(training));
            return;
        }

        using var transformer = Fit(training);
        using var once = Fit(TinyVae.Training);
        WeightsAssert.Same(once.Model, transformer.Model);
        Assert.Equal(VaeStopReason.Cancelled, transformer.History().StopReason);
        Assert.Single(transformer.History().Restarts);
    }

    [Fact]
    public void A_restart_that_is_cancelled_later_is_compared_too_and_is_the_last()
    {
        using var transformer = Fit(Cancelling(VaeCancellationBehavior.ReturnBest, restart: 2, epoch: 2));

        Assert.Equal(2, transformer.History().Restarts.Count);
        Assert.Equal(VaeStopReason.Cancelled, transformer.History().StopReason);
    }

    [Fact]
    public void A_run_that_gives_no_weights_is_left_out_and_named()
    {
        // The first pass takes the measure of the rows, the second is the only epoch that the first run begins.
        var rows = WideRows.Create();
        using var transformer = Streamed(rows, pass => pass == 2);
        var history = transformer.History();

        Assert.Equal(Restarts - 1, history.Restarts.Count);
        Assert.DoesNotContain(history.Restarts, run => run.Seed == TinyVae.Seed);
        Assert.Single(history.Restarts, run => run.IsChosen);
        Assert.Contains(
            $"Restart 1 of {Restarts}, seed {TinyVae.Seed}, gave no model and is left out: The loss was no longer finite in epoch 1, "
                + "batch 1, before any epoch had ended.",
            history.Warnings
        );
    }

    [Fact]
    public void A_run_that_fails_after_a_good_one_takes_nothing_from_it()
    {
        using var once = Streamed(WideRows.Create(), _ => false, restarts: 1);
        using var transformer = Streamed(WideRows.Create(), pass => pass > 1 + TinyVae.Epochs);
        WeightsAssert.Same(once.Model, transformer.Model);
        Assert.Single(transformer.History().Restarts);
        Assert.Equal(Restarts - 1, transformer.History().Warnings.Count(warning => warning.Contains("gave no model")));
    }

    [Fact]
    public void Where_all_runs_fail_there_is_no_model()
    {
        var exception = Refusal.Expect(() => Streamed(WideRows.Create(), pass => pass > 1), "rows that no run can learn");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.StartsWith("The loss was no longer finite in epoch 1, batch 1, before any epoch had ended.", exception.Message);
    }

    /// <summary>In the passes that are spoilt, the rows are too large.</summary>
    private VaeTransformer Streamed(List<float[]> rows, Func<int, bool> isSpoilt, int restarts = Restarts)
    {
        var huge = rows.ConvertAll(row => Array.ConvertAll(row, value => value * 1e25f));
        var options = WideRows.Streamed with { Training = WideRows.Streamed.Training with { Restarts = restarts } };
        return _mlContext.Transforms.VaeEmbed(options).Fit(new PassView(WideRows.Features, pass => isSpoilt(pass) ? huge : rows));
    }

    private VaeTrainingOptions Cancelling(VaeCancellationBehavior behavior, int restart, int epoch) =>
        TinyVae.Training with
        {
            Restarts = Restarts,
            OnCancellation = behavior,
            CancellationToken = _cancellation.Token,
            Progress = new EpochRecorder(report =>
            {
                if ((report.Restart, report.Epoch.Epoch) == (restart, epoch))
                    _cancellation.Cancel();
            }),
        };

    private VaeTransformer Fit(VaeTrainingOptions training, VaeObjective? objective = null) =>
        _mlContext
            .Transforms.VaeEmbed(TinyVae.Options with { Training = training, Objective = objective ?? new() })
            .Fit(FactorRows.View(_mlContext, Rows));
}
