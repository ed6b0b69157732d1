using System.Diagnostics;
using MLNet.Vae.Modules;
using MLNet.Vae.Modules.Latents;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The training loop: stochastic gradient ascent on the bound (Kingma and Welling 2014, algorithm 1), with early stopping on held-out rows.</summary>
internal sealed class VaeTrainer(VaeModelOptions options, int seed, TrainingRows data, TrainingLog log)
{
    // Each use of randomness has its own stream: a change of one, such as the batch size, leaves the others alone.
    private const int WeightsStream = 1, NoiseStream = 2, JudgingStream = 3, ShuffleStream = 4, CorruptionStream = 5, CodesStream = 6;

    private readonly VaeTrainingOptions _training = options.Training;
    private readonly TrainingPlan _plan = TrainingPlan.For(options.Training, data.Count, options.Objective.ScheduleEpochs);
    private readonly TrainingObjective _objective = new(options.Objective, data.Layout.Reconstructed);
    private readonly List<VaeEpoch> _epochs = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public TrainingResult Train()
    {
        // Whatever the caller's thread is in the middle of.
        using var gradients = enable_grad();
        using var weightsRandom = new Generator((uint)Seeds.Combine(seed, WeightsStream));
        using var noiseRandom = new Generator((uint)Seeds.Combine(seed, NoiseStream), data.Device);
        using var parameters = new ParameterVector(data.Device);
        var module = new VaeModule(data.Layout, options, parameters, weightsRandom);
        using var adam = new Adam(parameters);
        using var best = new BestWeights(parameters);
        using var step = GradientStep(module, parameters);
        using var corruptionRandom = new Generator((uint)Seeds.Combine(seed, CorruptionStream), data.Device);
        using var corruption = Corruption.Create(options.Corruption, data, corruptionRandom);

        if (_training.Initialization == VaeInitialization.ProbabilisticPca)
            StartFromClosedForm(module, best);
        var reason = Run(module, parameters, step, adam, best, noiseRandom, corruption);

        if (best.Epoch is not { } bestEpoch)
            throw new InvalidOperationException("The bound on the held-out rows was not finite in any epoch. Look for outliers, or set Normalization = VaeNormalization.Standardize.");
        best.Restore();
        var chosen = _epochs.First(epoch => epoch.Epoch == bestEpoch);
        WarnOfUnusedLatent(module.Latent, chosen);
        if (_objective.Shortfall(chosen) is { } shortfall)
            log.Warn(shortfall);
        return new(module.Export(data.Scaling), module.Likelihood.Sigma, module.Likelihood.FeatureSigmas, best.Loss(_objective.Judge), new()
        {
            Epochs = _epochs,
            BestEpoch = bestEpoch,
            TrainingRows = data.Count,
            ValidationRows = data.HeldOut.size(0),
            Elapsed = _clock.Elapsed,
            StopReason = reason,
            Seed = seed,
            Device = data.Device.ToString(),
            Warnings = log.Warnings,
        });
    }

    /// <summary>Epoch 0: what there is before the first step, and where no epoch is asked for all there is.</summary>
    private void StartFromClosedForm(VaeModule module, BestWeights best)
    {
        var started = _clock.Elapsed;
        var solution = PcaInitialization.Solve(PrincipalComponents.Of(data, _training.CancellationToken), options);
        module.Set(solution);
        EndEpoch(0, new(null, 0, solution.Reconstruction, solution.Kl), started, module, best);
    }

    private VaeStopReason Run(
        VaeModule module, ParameterVector parameters, IGradientStep step, Adam adam, BestWeights best, Generator noiseRandom, Corruption corruption)
    {
        for (var epoch = 1; epoch <= _plan.Epochs; epoch++)
        {
            var started = _clock.Elapsed;
            _objective.Enter(epoch);
            var pass = Pass(epoch, module, parameters, step, adam, noiseRandom, corruption);
            if (pass.Ended is { } reason)
                return Ended(reason, epoch, pass.Batch, best.Epoch);

            EndEpoch(epoch, pass, started, module, best);
            if (epoch - (best.Epoch ?? 0) >= _plan.Patience)
                return VaeStopReason.EarlyStopping;
        }
        return VaeStopReason.Completed;
    }

    private void EndEpoch(int epoch, PassResult pass, TimeSpan started, VaeModule module, BestWeights best)
    {
        _objective.AfterEpoch(pass.Kl);
        var judged = Evaluation.Of(module, data, data.Judged, Seeds.Combine(seed, JudgingStream), _objective.ImportanceSamples) with { TrainedKl = pass.Kl };
        _epochs.Add(Describe(epoch, pass, judged, _clock.Elapsed - started, module));
        // Without held-out rows there is nothing to overfit to, and before the loss has its final form nothing to compare: the last weights are the best.
        var comparable = data.HeldOut.size(0) > 0 && _objective.IsFinal && !module.Latent.IsPretraining;
        Report(comparable ? best.Offer(epoch, judged, _objective.Judge) : best.Keep(epoch));
    }

    private IGradientStep GradientStep(VaeModule module, ParameterVector parameters)
        => data.Device.type == DeviceType.CPU && _objective.IsWeightedBound && module.Dense is { } dense && DenseStack.CanDo(dense.Activation)
            ? new DenseStep(dense, _objective)
            : new AutogradStep(module, _objective, parameters);

    /// <summary>One epoch.</summary>
    private PassResult Pass(
        int epoch, VaeModule module, ParameterVector parameters, IGradientStep step, Adam adam, Generator noiseRandom, Corruption corruption)
    {
        var learningRate = LearningRate(epoch);
        double reconstruction = 0, kl = 0, penalty = 0;
        var batch = 0;
        try
        {
            module.Latent.Enter(epoch, _plan.Epochs, () => CodeSample.Of(module, data, Seeds.Combine(CodesStream, epoch)));
            module.Dropout = noiseRandom;
            foreach (var rows in data.Batches(_training.BatchSize, Seeds.Combine(ShuffleStream, epoch)))
            {
                if (_training.CancellationToken.IsCancellationRequested)
                    return new(VaeStopReason.Cancelled, ++batch);
                using var scope = NewDisposeScope();
                var clean = data.Batch(rows);
                var noise = randn([_objective.Samples * clean.Rows, module.Latent.NoiseLength], device: data.Device, generator: noiseRandom);
                var loss = step.Compute(corruption.Spoil(clean), noise);
                batch++;
                if (!Clip(parameters.Gradients))
                    return new(VaeStopReason.NonFiniteLoss, batch);
                adam.Step(learningRate);
                module.Latent.AfterStep();
                _objective.AfterStep(loss.Kl / clean.Rows);

                reconstruction += loss.Reconstruction;
                kl += loss.Kl;
                penalty += loss.Penalty;
            }
        }
        catch (OperationCanceledException) when (_training.CancellationToken.IsCancellationRequested)
        {
            return new(VaeStopReason.Cancelled, batch);
        }
        finally
        {
            module.Dropout = null;
        }
        return new(null, batch, reconstruction / data.Count, kl / data.Count, penalty / data.Count);
    }

    /// <summary>Shortens the gradient to the norm allowed.</summary>
    /// <returns>Whether it was finite; it is not when the loss is not.</returns>
    private bool Clip(Tensor gradients)
    {
        var norm = gradients.norm().item<float>();
        if (norm > _training.MaximumGradientNorm)
        {
            using Scalar shrink = _training.MaximumGradientNorm / norm;
            gradients.mul_(shrink);
        }
        return float.IsFinite(norm);
    }

    private double LearningRate(int epoch) => _training.Schedule switch
    {
        LearningRateSchedule.Constant => _training.LearningRate,
        LearningRateSchedule.Cosine => _training.LearningRate * (1 + Math.Cos(Math.PI * (epoch - 1) / _plan.Epochs)) / 2,
        _ => throw new InvalidOperationException($"Unknown schedule {_training.Schedule}."),
    };

    private VaeEpoch Describe(int epoch, PassResult pass, Evaluation judged, TimeSpan elapsed, VaeModule module) => new()
    {
        Epoch = epoch,
        IsPretraining = module.Latent.IsPretraining,
        Reconstruction = pass.Reconstruction,
        Kl = pass.Kl,
        Penalty = pass.Penalty,
        Beta = _objective.Beta(judged.KlPerDimension.Count),
        ValidationElbo = data.HeldOut.size(0) > 0 ? judged.Elbo : null,
        ImportanceWeightedBound = judged.ImportanceWeightedBound,
        ValidationStandardError = data.HeldOut.size(0) > 0 ? judged.StandardError : null,
        ReconstructionPerPart = judged.ReconstructionPerPart,
        KlPerDimension = judged.KlPerDimension,
        KlPerLevel = module.Latent.KlPerLevel(judged.KlPerDimension),
        ActiveUnits = judged.ActiveUnits,
        Perplexity = judged.Perplexity,
        DecoderSigma = module.Likelihood.Sigma,
        LearningRate = epoch == 0 ? 0 : LearningRate(epoch),
        RowsPerSecond = data.Count / elapsed.TotalSeconds,
    };

    private void Report(bool isBest)
    {
        var epoch = _epochs[^1];
        var left = _clock.Elapsed * ((double)(_plan.Epochs - epoch.Epoch) / Math.Max(1, epoch.Epoch));
        var progress = new VaeTrainingProgress(epoch, _plan.Epochs, isBest, _clock.Elapsed, left);
        log.Epoch(progress);
        _training.Progress?.Report(progress);
    }

    private void WarnOfUnusedLatent(LatentVariable latent, VaeEpoch epoch)
    {
        var unused = latent.Length - epoch.ActiveUnits;
        if (latent.Warning(epoch) is { } warning)
            log.Warn(warning);
        else if (options.Latent.HasKl && unused > 0)
            log.Info($"{unused} of {latent.Length} latent dimensions are unused.");
    }

    /// <summary>What to do about a pass that did not get to its end.</summary>
    private VaeStopReason Ended(VaeStopReason reason, int epoch, int batch, int? bestEpoch)
    {
        if (reason == VaeStopReason.Cancelled)
        {
            if (bestEpoch is null || _training.OnCancellation == CancellationBehavior.Throw)
                throw new OperationCanceledException($"Training was cancelled in epoch {epoch}.", _training.CancellationToken);
            log.Info($"Training was cancelled in epoch {epoch}; the model has the weights of epoch {bestEpoch}.");
            return reason;
        }
        var lost = $"The loss was no longer finite in epoch {epoch}, batch {batch}";
        if (bestEpoch is null)
            throw new InvalidOperationException($"{lost}, before any epoch had ended. Lower LearningRate or MaximumGradientNorm, or set Normalization = VaeNormalization.Standardize.");
        log.Warn($"{lost}; the model has the weights of epoch {bestEpoch}. Lower LearningRate or MaximumGradientNorm.");
        return reason;
    }

    private readonly record struct PassResult(VaeStopReason? Ended, int Batch, double Reconstruction = 0, double Kl = 0, double Penalty = 0);
}
