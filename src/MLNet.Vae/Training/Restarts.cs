using System.Diagnostics;
using MLNet.Vae.Data;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>
/// Trains as often as <see cref="VaeTrainingOptions.Restarts"/> says, on the same rows, and keeps the run with the least loss on those held
/// out. A run that gives no weights is left out, unless all are.
/// </summary>
internal sealed class Restarts(VaeModelOptions options, int seed, TrainingRows data, TrainingLog log)
{
    // Apart from the streams that a run makes of its own seed.
    private const int FirstStream = 1_000;

    private readonly VaeTrainingOptions _training = options.Training;
    private readonly List<VaeRestart> _runs = [];
    private readonly List<string> _failures = [];
    private TrainingResult? _best;
    private int _chosen, _chosenNumber;

    // By the runs that have ended, those of an earlier process among them.
    private TimeSpan _elapsed;

    /// <exception cref="DivergedException">No run gave any weights.</exception>
    public TrainingResult Train()
    {
        if (_training.Restarts == 1)
            return new VaeTrainer(options, seed, data, log).Train();
        if (data.HeldOutOfAll == 0 && !data.Group.IsAlone)
            throw DataErrors.NoneHeldOut("restarts are compared", data.CountOfAll);
        if (data.HeldOutOfAll == 0)
            throw DataErrors.NothingHeldOut("restarts", $"Set {nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Restarts)} to 1");
        var wasCancelled = false;
        for (var number = 1; number <= _training.Restarts && !wasCancelled && !IsTimeOver(); number++)
            wasCancelled = !Run(number);
        log.Info(
            Invariant(
                $"Restart {_chosenNumber} is the best of {_runs.Count}, with a loss of {_best!.Loss:F3} on the held-out rows; they range ")
                    + Invariant($"to {_runs.Max(run => run.Loss):F3}."
            )
        );
        return _best with
        {
            History = _best.History with
            {
                Seed = seed,
                Restarts = [.. _runs.Select((run, i) => run with { IsChosen = i == _chosen })],
                Warnings = [.. _best.History.Warnings.Union(_failures)],
                Elapsed = _elapsed,
                StopReason = wasCancelled ? VaeStopReason.Cancelled : _best.History.StopReason,
            },
        };
    }

    private bool IsTimeOver() => data.Group.Any(_elapsed >= _training.TimeLimit);

    /// <returns>Whether another may follow: it was not cancelled.</returns>
    private bool Run(int number)
    {
        // The first is the run that there is without restarts.
        var runSeed = number == 1 ? seed : Seeds.Combine(seed, FirstStream + number);
        log.Info(Invariant($"Restart {number} of {_training.Restarts}, seed {runSeed}."));
        var progress = _training.Progress is { } told ? new RestartProgress(told, number, _training.Restarts, _elapsed) : null;
        var clock = Stopwatch.StartNew();
        TrainingResult result;
        try
        {
            var training = _training with { Progress = progress, TimeLimit = _training.TimeLimit - _elapsed };
            result = new VaeTrainer(options with { Training = training }, runSeed, data, log.Fork()).Train();
        }
        catch (OperationCanceledException) when (_best is not null && _training.OnCancellation == VaeCancellationBehavior.ReturnBest)
        {
            _elapsed += clock.Elapsed;
            return false;
        }
        catch (DivergedException diverged) when (_best is not null || number < _training.Restarts)
        {
            _elapsed += clock.Elapsed;
            _failures.Add(Invariant($"Restart {number} of {_training.Restarts}, seed {runSeed}, gave no model and is left out: ")
                + $"{diverged.Message}.");
            log.Warn(_failures[^1]);
            return true;
        }
        // That of its process alone would leave out what it took before it was broken off.
        _elapsed += result.History.Elapsed;
        if (_best is null || result.Loss < _best.Loss)
            (_best, _chosen, _chosenNumber) = (result, _runs.Count, number);
        _runs.Add(new()
        {
            Seed = runSeed,
            BestEpoch = result.History.BestEpoch,
            Loss = result.Loss,
            ValidationElbo = result.History.Best.ValidationElbo!.Value,
            IsChosen = false,
        });
        return result.History.StopReason != VaeStopReason.Cancelled;
    }

    /// <summary>The progress of one run as part of all.</summary>
    private sealed class RestartProgress(IProgress<VaeTrainingProgress> told, int number, int count, TimeSpan before)
        : IProgress<VaeTrainingProgress>
    {
        public void Report(VaeTrainingProgress value) => told.Report(value with
        {
            Restart = number,
            RestartCount = count,
            Elapsed = before + value.Elapsed,
            TimeLeft = value.TimeLeft + (count - number) * (value.Elapsed + value.TimeLeft),
        });
    }
}
