using MLNet.Vae.Checkpoints;
using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>A model while it learns: its weights, the best of them so far, the optimiser, and what a step draws from.</summary>
internal sealed class Learner : IDisposable
{
    private readonly VaeTrainingOptions _training;
    private readonly TrainingObjective _objective;
    private readonly TrainingRows _data;
    private readonly Generator _weightsRandom, _noiseRandom, _corruptionRandom;
    private readonly ParameterVector _parameters;
    private readonly Adam _adam;
    private readonly IGradientStep _step;
    private readonly Corruptor? _corruptor;
    private readonly StepExchange? _exchange;

    // Of this rank, since the weights were last the same on all.
    private (int Steps, long Rows, StepLoss Loss) _apart;

    public Learner(VaeModelOptions options, int seed, TrainingRows data, TrainingObjective objective)
    {
        (_training, _objective, _data) = (options.Training, objective, data);
        _weightsRandom = new((uint)Seeds.Of(seed, RandomStream.Weights));
        var own = Seeds.OfRank(seed, data.Group.Rank);
        _noiseRandom = new((uint)Seeds.Of(own, RandomStream.Noise), data.Device);
        _corruptionRandom = new((uint)Seeds.Of(own, RandomStream.Corruption), data.Device);
        // A rank that stopped by itself would leave the others waiting.
        Action throwIfCancelled = data.Group.IsAlone ? _training.ThrowIfCancelled : static () => { };
        _parameters = new(data.Device);
        Module = new(data.Layout, options, _parameters, _weightsRandom);
        Module.Start(data.Statistics, data.Scaling);
        _adam = new(_parameters);
        Best = new(_parameters);
        _corruptor = options.Corruption?.Create(data, _corruptionRandom);
        _step =
            data.Device.type == DeviceType.CPU
            && objective.IsWeightedBound
            && Module.Dense(data.Statistics.IsComplete) is { } dense
            && DenseStack.CanDo(dense.Activation)
                ? new DenseStep(dense, objective, throwIfCancelled)
                : new AutogradStep(Module, objective, _parameters, throwIfCancelled);
        _exchange = data.Group.IsAlone ? null : new(data.Group, _parameters);
    }

    public VaeModule Module { get; }

    public BestWeights Best { get; }

    /// <summary>Of one <see cref="Step"/>, forward and back.</summary>
    public double MultiplyAddsOfStep =>
        TrainingThreads.OfStep(Math.Min(_training.BatchSize, _data.Count) * _objective.Samples, _parameters.MultiplyAddsPerRow);

    /// <summary>Rows of the last step, those of all ranks of a group.</summary>
    public long StepRows { get; private set; }

    /// <summary>What any rank of a group said at the last step.</summary>
    public StepSignals Signals { get; private set; }

    /// <summary>
    /// One step of stochastic gradient descent on a batch of rows, <c>[rows, width]</c>, in the user's units. Of a group every rank makes
    /// it together, on rows of its own, or with <see cref="VaeTrainingOptions.SynchronizeEvery"/> by itself until weights are averaged.
    /// </summary>
    /// <param name="rows"><see langword="null"/>: this rank of a group has none left.</param>
    /// <param name="learningRate">Of the step.</param>
    /// <param name="signals">What a rank of a group has to say to the others.</param>
    /// <param name="isLast">Whether it is the last of an epoch, after which weights are the same on all ranks.</param>
    /// <returns>
    /// What the loss was before it, summed over the rows, nothing while ranks are apart; <see langword="null"/>: it was not finite, and no
    /// step was made.
    /// </returns>
    /// <exception cref="OperationCanceledException">Training was cancelled, and it is as if the step had not been begun.</exception>
    public StepLoss? Step(Tensor? rows, double learningRate, StepSignals signals = default, bool isLast = false)
    {
        // To its end: a codebook learns from what the way forward gave.
        using var scope = NewDisposeScope();
        if (_exchange is null)
            return StepAlone(rows!, learningRate);
        return _training.SynchronizeEvery == 1
            ? StepTogether(_exchange, rows, learningRate, signals, isLast)
            : StepApart(_exchange, rows, learningRate, signals, isLast);
    }

    private StepLoss? StepAlone(Tensor rows, double learningRate)
    {
        var loss = Gradient(rows);
        StepRows = rows.size(0);
        if (!Clip(_parameters.Gradients))
            return null;
        _adam.Step(learningRate);
        Module.Latent.AfterStep();
        _objective.AfterStep(loss.Kl / StepRows);
        return loss;
    }

    /// <summary>The gradient of the rows of all ranks.</summary>
    private StepLoss? StepTogether(StepExchange exchange, Tensor? rows, double learningRate, StepSignals signals, bool isLast)
    {
        var own = rows is null ? default : Gradient(rows);
        var loss = exchange.Average(_parameters.Gradients, rows?.size(0) ?? 0, own, signals);
        (StepRows, Signals) = (exchange.Rows, exchange.Signals);
        if (!Clip(_parameters.Gradients))
            return null;
        _adam.Step(learningRate);
        if (isLast)
            exchange.TakeFirst(_parameters.Values);
        Module.Latent.AfterStep();
        _objective.AfterStep(loss.Kl / StepRows);
        return loss;
    }

    /// <summary>A step of this rank, and after some the average of what the ranks have come to.</summary>
    private StepLoss? StepApart(StepExchange exchange, Tensor? rows, double learningRate, StepSignals signals, bool isLast)
    {
        if (rows is not null)
        {
            var own = Gradient(rows);
            // Where it is not finite the weights become so too, for all to see.
            Clip(_parameters.Gradients);
            _adam.Step(learningRate);
            Module.Latent.AfterStep();
            _apart.Rows += rows.size(0);
            _apart.Loss = _apart.Loss.And(own);
        }
        (StepRows, Signals) = (0, default);
        if (++_apart.Steps < _training.SynchronizeEvery && !isLast)
            return default(StepLoss);
        var loss = exchange.Average(_parameters.Values, _apart.Rows, _apart.Loss, signals);
        (StepRows, Signals, _apart) = (exchange.Rows, exchange.Signals, default);
        using var sum = _parameters.Values.detach().sum();
        if (!float.IsFinite(sum.item<float>()))
            return null;
        _objective.AfterStep(loss.Kl / Math.Max(1, StepRows));
        return loss;
    }

    private StepLoss Gradient(Tensor rows)
    {
        var clean = _data.Batch(rows);
        var (noiseBefore, corruptionBefore) = (StateOf(_noiseRandom), StateOf(_corruptionRandom));
        var noise = randn([_objective.Samples * clean.Rows, Module.Latent.NoiseLength], device: _data.Device, generator: _noiseRandom);
        try
        {
            Module.Dropout = _noiseRandom;
            return _step.Compute(_corruptor?.Corrupt(clean) ?? clean, noise);
        }
        catch (OperationCanceledException)
        {
            if (noiseBefore is not null)
                _noiseRandom.set_state(noiseBefore);
            if (corruptionBefore is not null)
                _corruptionRandom.set_state(corruptionBefore);
            throw;
        }
        finally
        {
            Module.Dropout = null;
        }
    }

    /// <param name="state">Of a run.</param>
    /// <param name="mayGoOn">Whether there may be another step; if not, the best weights are all there is to keep.</param>
    public void Exchange(TrainingState state, bool mayGoOn)
    {
        Best.Exchange(state);
        if (!mayGoOn)
            return;
        state.Tensor("weights", _parameters.Values);
        _adam.Exchange(state);
        state.Generator("random.weights", _weightsRandom);
        state.Generator("random.noise", _noiseRandom);
        state.Generator("random.corruption", _corruptionRandom);
        Module.Latent.Exchange(state);
    }

    public void Dispose()
    {
        _step.Dispose();
        _corruptor?.Dispose();
        Best.Dispose();
        _adam.Dispose();
        _parameters.Dispose();
        _corruptionRandom.Dispose();
        _noiseRandom.Dispose();
        _weightsRandom.Dispose();
    }

    /// <summary>Where a stream has got to, where it may have to go back; <see langword="null"/>: nothing is kept of the run.</summary>
    private Tensor? StateOf(Generator random) => _training.Checkpoints is null ? null : random.get_state();

    /// <summary>Shortens the gradient to the norm allowed.</summary>
    /// <returns>Whether it was finite; it is not when the loss is not.</returns>
    private bool Clip(Tensor gradients)
    {
        using var length = gradients.norm();
        var norm = length.item<float>();
        if (norm > _training.MaximumGradientNorm)
        {
            using Scalar shrink = _training.MaximumGradientNorm / norm;
            gradients.mul_(shrink);
        }
        return float.IsFinite(norm);
    }
}
