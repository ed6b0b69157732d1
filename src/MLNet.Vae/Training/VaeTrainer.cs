using System.Diagnostics;
using MLNet.Vae.Checkpoints;
using MLNet.Vae.Data;
using MLNet.Vae.Initialization;
using MLNet.Vae.Latents;
using MLNet.Vae.Objectives;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>
/// The training loop: stochastic gradient ascent on the bound (Kingma and Welling 2014, algorithm 1), with early stopping on held-out rows.
/// </summary>
internal sealed class VaeTrainer(VaeModelOptions options, int seed, TrainingRows data, TrainingLog log)
{
    /// <summary>Nats per row below which a code hardly tells rows apart: a seventh of what a yes or no would tell.</summary>
    private const double LeastKl = 0.1;

    private readonly VaeTrainingOptions _training = options.Training;
    private readonly TrainingPlan _plan = TrainingPlan.For(options.Training, data.LargestCount, options.Objective.ScheduleEpochs);
    private readonly TrainingObjective _objective = new(options.Objective.Shared(data.KlShare), data.Layout.Reconstructed);
    private readonly RunCheckpoint? _checkpoint = options.Training.Checkpoints?.Of(seed, data.Group);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _warningsBefore = log.Warnings.Count;
    private List<VaeEpoch> _epochs = [];
    private TrainingPosition _at = new(Epoch: 1, Started: TimeSpan.Zero);
    private VaeStopReason? _ended;

    // That a run took before it was broken off.
    private TimeSpan _elapsedBefore;

    // A rank of a group stops where all do, at a step.
    private Action? ThrowIfCancelled => data.Group.IsAlone ? _training.ThrowIfCancelled : null;

    private TimeSpan Elapsed => _elapsedBefore + _clock.Elapsed;

    private bool IsTimeOver => Elapsed >= _training.TimeLimit;

    /// <summary>What an epoch is compared by: less is better.</summary>
    private double Judge(Evaluation evaluation) =>
        data.HoldOutKnownCodes ? evaluation.Penalty + evaluation.Reconstruction : _objective.Judge(evaluation);

    public TrainingResult Train()
    {
        // Whatever the caller's thread is in the middle of.
        using var gradients = enable_grad();
        var resumes = _checkpoint is { Exists: true };
        var closedForm = !resumes && data.Group.IsAlone && ClosedFormStart.IsTaken(options, data.Layout.Features) ? ClosedForm() : null;
        using var learner = new Learner(options, seed, data, _objective);
        using var threads = TrainingThreads.Use(_training, learner.MultiplyAddsOfStep, data.Device);
        var (module, best) = (learner.Module, learner.Best);

        if (closedForm is not null)
            StartFrom(closedForm, learner);
        if (resumes)
            Resume(learner);
        var reason = _ended ?? Run(learner);
        if (reason != VaeStopReason.Cancelled)
            End(reason, learner);

        if (best.Epoch is not { } bestEpoch)
            throw new DivergedException("The bound on the held-out rows was not finite in any epoch");
        best.Restore();
        var final = FinalJudgement.Of(module, data, options.Corruption, seed, ThrowIfCancelled);
        var judging = Seeds.Of(seed, RandomStream.Judging);
        // Whoever cancels waits for no pass over the rows.
        if (!data.Group.Any(_training.IsCancelled))
            WarnOfFarRows(FarRowReport.Of(module, data, options.Corruption, judging, _objective.ImportanceSamples));
        var chosen = _epochs.First(epoch => epoch.Epoch == bestEpoch);
        WarnOfUnusedLatent(module.Latent, chosen);
        if (reason == VaeStopReason.Completed && EarlyEnd.Of(_epochs, bestEpoch) is { } tooEarly)
            log.Warn(tooEarly);
        if (_objective.Shortfall(chosen) is { } shortfall)
            log.Warn(shortfall);
        return new(
            module.Export(data.Scaling, data.InputScaling),
            module.Likelihood.Sigma,
            module.Likelihood.FeatureSigmas,
            best.Loss(Judge),
            new()
            {
                Epochs = _epochs,
                BestEpoch = bestEpoch,
                FinalValidationElbo = final?.Elbo,
                FinalValidationStandardError = final?.StandardError,
                TrainingRows = data.CountOfAll,
                ValidationRows = data.HeldOutOfAll,
                Elapsed = Elapsed,
                StopReason = reason,
                Seed = seed,
                Device = data.Device.ToString(),
                Warnings = log.Warnings,
            }
        );
    }

    private LinearSolution ClosedForm()
        => options.Latent.ClosedForm(TrainingThreads.Components(data, _training), ((GaussianLikelihood)options.Likelihood).Sigma);

    /// <summary>Epoch 0: what there is before the first step, and where no epoch is asked for all there is.</summary>
    private void StartFrom(LinearSolution solution, Learner learner)
    {
        learner.Module.Set(solution);
        EndEpoch(0, new(null, 0, solution.Reconstruction, solution.Kl), TimeSpan.Zero, learner);
    }

    private VaeStopReason Run(Learner learner)
    {
        while (_at.Epoch <= _plan.Epochs)
        {
            var epoch = _at.Epoch;
            _objective.Enter(epoch);
            var pass = Judged(epoch, Pass(epoch, learner), learner);
            if (pass.Ended is { } reason)
            {
                if (reason == VaeStopReason.TimeLimit)
                    return TimeIsOver(epoch, learner.Best.Epoch);
                if (reason == VaeStopReason.Cancelled)
                    Keep(learner);
                return Ended(reason, epoch, pass.Batch, learner.Best.Epoch);
            }
            if (epoch - (learner.Best.Epoch ?? 0) >= Patience(learner.Best.Epoch))
                return VaeStopReason.EarlyStopping;
            if (epoch < _plan.Epochs && data.Group.Any(IsTimeOver))
                return TimeIsOver(epoch, learner.Best.Epoch);
            _at = new(epoch + 1, Elapsed);
            if (_checkpoint is not null && data.Group.Any(_checkpoint.IsDueAfterEpoch()))
                Keep(learner);
        }
        return VaeStopReason.Completed;
    }

    /// <summary>Ends an epoch whose pass got to its end. One that is cancelled as it is judged goes on there.</summary>
    private PassResult Judged(int epoch, PassResult pass, Learner learner)
    {
        // The first epoch is judged though it did not get to its end: there is nothing else to keep.
        var isOnlyOne = pass.Ended == VaeStopReason.TimeLimit && learner.Best.Epoch is null;
        if (pass.Ended is not null && !isOnlyOne)
            return pass;
        try
        {
            EndEpoch(epoch, pass, _at.Started, learner);
            return pass;
        }
        catch (OperationCanceledException) when (_training.IsCancelled && (_epochs.Count == 0 || _epochs[^1].Epoch < epoch))
        {
            return pass with { Ended = VaeStopReason.Cancelled };
        }
    }

    /// <param name="best">The best epoch; <see langword="null"/>: none yet.</param>
    private int Patience(int? best)
    {
        if (_training.Patience is not null || !options.Latent.HasKl || _epochs.Find(epoch => epoch.Epoch == best) is not { } found)
            return _plan.Patience;
        var kl = found.KlPerDimension.Sum();
        return kl < LeastKl && _epochs[^1].KlPerDimension.Sum() > kl ? TrainingPlan.PatienceBeforeUse * _plan.Patience : _plan.Patience;
    }

    private void EndEpoch(int epoch, PassResult pass, TimeSpan started, Learner learner)
    {
        var module = learner.Module;
        var judging = Seeds.Of(seed, RandomStream.Judging);
        var judged = Evaluator.Of(
            module, data, data.Judged, options.Corruption, judging, _objective.ImportanceSamples, ThrowIfCancelled) with
        {
            TrainedKl = pass.Kl,
        };
        _objective.AfterEpoch(pass.Kl);
        _epochs.Add(Describe(epoch, pass, judged, Elapsed - started, module));
        // Without held-out rows there is nothing to overfit to, and before the loss has its final form nothing to compare: the last weights
        // are the best.
        var comparable = data.HeldOutOfAll > 0 && _objective.IsFinal && !module.Latent.IsPretraining;
        Report(comparable ? learner.Best.Offer(epoch, judged, Judge) : learner.Best.Keep(epoch));
    }

    /// <summary>One epoch.</summary>
    private PassResult Pass(int epoch, Learner learner)
    {
        var learningRate = LearningRate(epoch);
        var (batch, seen) = (0, 0L);
        try
        {
            learner.Module.Latent.Enter(
                epoch,
                _plan.Epochs,
                () => SampledInference.Of(learner.Module, data, Seeds.Combine((int)RandomStream.Codes, epoch))
            );
            foreach (var (rows, isLast) in data.Steps(_training.BatchSize, Seeds.Combine((int)RandomStream.Shuffle, epoch)))
            {
                batch++;
                var signals = new StepSignals(_training.IsCancelled, IsTimeOver, _checkpoint is { IsDue: true });
                if (data.Group.IsAlone && signals.IsCancelled)
                    return new(VaeStopReason.Cancelled, batch);
                // It has been learned from, before the run was broken off.
                if (batch <= _at.Batches)
                    continue;
                if (learner.Step(rows, learningRate, signals, isLast) is not { } loss)
                    return new(VaeStopReason.NonFiniteLoss, batch);
                _at = _at.After(loss);
                seen += learner.StepRows;
                if (learner.Signals.IsCancelled)
                    return new(VaeStopReason.Cancelled, batch);
                if (data.Group.IsAlone ? IsTimeOver : learner.Signals.IsTimeOver)
                {
                    var learned = data.Group.IsAlone ? Math.Min(data.Count, (long)batch * _training.BatchSize) : seen;
                    return Passed(VaeStopReason.TimeLimit, batch, learned);
                }
                if (data.Group.IsAlone ? _checkpoint is { IsDue: true } : learner.Signals.IsCheckpointDue)
                    Keep(learner);
            }
        }
        catch (OperationCanceledException) when (_training.IsCancelled)
        {
            return new(VaeStopReason.Cancelled, batch);
        }
        return Passed(null, batch, data.CountOfAll);
    }

    /// <param name="ended">Why it did not get to its end.</param>
    /// <param name="batch">The last.</param>
    /// <param name="rows">Learned from.</param>
    private PassResult Passed(VaeStopReason? ended, int batch, long rows)
        => new(ended, batch, _at.Reconstruction / rows, _at.Kl / rows, _at.Penalty / rows);

    private VaeStopReason TimeIsOver(int epoch, int? best)
    {
        log.Info(
            Invariant($"The time limit of {_training.TimeLimit!.Value.TotalSeconds:G3} s was reached in epoch {epoch} of {_plan.Epochs}; ")
                + Invariant($"the model has the weights of epoch {best}."));
        return VaeStopReason.TimeLimit;
    }

    /// <summary>What a checkpoint holds; see <see cref="TrainingState"/>.</summary>
    private void Exchange(TrainingState state, Learner learner)
    {
        state.Value("ended", ref _ended);
        state.Value("position", ref _at);
        if (_training.Group is { Size: var size })
        {
            var ranks = size;
            state.Value("ranks", ref ranks);
            // The steps of an epoch are others then, so it begins anew.
            if (ranks != size)
                _at = new(_at.Epoch, _at.Started);
        }
        state.Value("epochs", ref _epochs);
        var (elapsed, warnings) = (Elapsed, log.Warnings.Skip(_warningsBefore).ToList());
        state.Value("elapsed", ref elapsed);
        _elapsedBefore = elapsed - _clock.Elapsed;
        state.Value("warnings", ref warnings);
        foreach (var warning in warnings.Skip(log.Warnings.Count - _warningsBefore))
            log.Warn(warning);
        _objective.Exchange(state);
        learner.Exchange(state, mayGoOn: _ended is null);
    }

    private void Resume(Learner learner)
    {
        _checkpoint!.Read(state => Exchange(state, learner));
        log.Info(_ended is null
            ? CheckpointMessages.Resumed(_checkpoint.Path, _at.Epoch, _at.Batches)
            : CheckpointMessages.TakenOver(_checkpoint.Path));
    }

    private void Keep(Learner learner)
    {
        if (_checkpoint?.Write(state => Exchange(state, learner)) is { } fault)
            log.Warn(fault);
    }

    private void End(VaeStopReason reason, Learner learner)
    {
        if (_ended is not null)
            return;
        _ended = reason;
        Keep(learner);
    }

    private double LearningRate(int epoch) => _training.Schedule switch
    {
        VaeLearningRateSchedule.Constant => _training.LearningRate,
        VaeLearningRateSchedule.Cosine =>
            _training.LearningRate * (1 + Math.Cos(Math.PI * (epoch - 1) / (_training.ScheduledEpochs ?? _plan.Epochs))) / 2,
        _ => throw new InvalidOperationException($"Unknown schedule {_training.Schedule}."),
    };

    private VaeEpoch Describe(int epoch, PassResult pass, Evaluation judged, TimeSpan elapsed, VaeModule module) => new()
    {
        Epoch = epoch,
        IsPretraining = module.Latent.IsPretraining,
        Reconstruction = pass.Reconstruction,
        Kl = pass.Kl,
        Penalty = pass.Penalty,
        Beta = _objective.CurrentBeta(judged.KlPerDimension.Count),
        ValidationElbo = data.HeldOutOfAll > 0 ? judged.Elbo : null,
        ImportanceWeightedBound = judged.ImportanceWeightedBound,
        ValidationStandardError = data.HeldOutOfAll > 0 ? judged.StandardError : null,
        ReconstructionPerPart = judged.ReconstructionPerPart,
        KlPerDimension = judged.KlPerDimension,
        KlPerLevel = module.Latent.KlPerLevel(judged.KlPerDimension),
        ActiveUnits = judged.ActiveUnits,
        Perplexity = judged.Perplexity,
        DecoderSigma = module.Likelihood.Sigma,
        LearningRate = epoch == 0 ? 0 : LearningRate(epoch),
        RowsPerSecond = data.CountOfAll / elapsed.TotalSeconds,
    };

    private void Report(bool isBest)
    {
        var epoch = _epochs[^1];
        var left = Elapsed * ((double)(_plan.Epochs - epoch.Epoch) / Math.Max(1, epoch.Epoch));
        var progress = new VaeTrainingProgress(epoch, _plan.Epochs, isBest, Elapsed, left);
        log.Epoch(progress);
        if (data.Group.Rank == 0)
            _training.Progress?.Report(progress);
    }

    /// <param name="own">Of the rows of this rank; <see langword="null"/>: it has none.</param>
    private void WarnOfFarRows(string? own)
    {
        foreach (var (rank, far) in data.Group.Each(own ?? "").Index().Where(told => told.Item.Length > 0))
            log.Warn(data.Group.IsAlone ? far : Invariant($"Rank {rank}: {far}"));
    }

    private void WarnOfUnusedLatent(LatentVariable latent, VaeEpoch epoch)
    {
        var unused = latent.Length - epoch.ActiveUnits;
        var kl = epoch.KlPerDimension.Sum();
        if (latent.Warning(epoch) is { } warning)
            log.Warn(warning);
        // That no dimension is active says it already.
        if (options.Latent.HasKl && kl < LeastKl && epoch.ActiveUnits > 0)
        {
            log.Warn(
                Invariant($"KL is {kl:F3} nats per row at the epoch that is kept: the embedding says next to nothing about a row. ")
                + "Lower Beta, or train for longer (Epochs, Patience).");
        }
        else if (options.Latent.HasKl && unused > 0)
        {
            log.Info($"{unused} of {latent.Length} latent dimensions are unused.");
        }
    }

    /// <summary>What to do about a pass that did not get to its end.</summary>
    private VaeStopReason Ended(VaeStopReason reason, int epoch, int batch, int? bestEpoch)
    {
        if (reason == VaeStopReason.Cancelled)
        {
            if (bestEpoch is null || _training.OnCancellation == VaeCancellationBehavior.Throw)
                throw new OperationCanceledException($"Training was cancelled in epoch {epoch}.", _training.CancellationToken);
            log.Info($"Training was cancelled in epoch {epoch}; the model has the weights of epoch {bestEpoch}.");
            return reason;
        }
        var lost = $"The loss was no longer finite in epoch {epoch}, batch {batch}";
        if (bestEpoch is null)
            throw new DivergedException($"{lost}, before any epoch had ended");
        log.Warn($"{lost}; the model has the weights of epoch {bestEpoch}. Lower LearningRate or MaximumGradientNorm.");
        return reason;
    }

    private readonly record struct PassResult(
        VaeStopReason? Ended,
        int Batch,
        double Reconstruction = 0,
        double Kl = 0,
        double Penalty = 0
    );
}
