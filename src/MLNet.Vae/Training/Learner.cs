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

    public Learner(VaeModelOptions options, int seed, TrainingRows data, TrainingObjective objective)
    {
        (_training, _objective, _data) = (options.Training, objective, data);
        _weightsRandom = new((uint)Seeds.Of(seed, RandomStream.Weights));
        _noiseRandom = new((uint)Seeds.Of(seed, RandomStream.Noise), data.Device);
        _corruptionRandom = new((uint)Seeds.Of(seed, RandomStream.Corruption), data.Device);
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
                ? new DenseStep(dense, objective, _training.ThrowIfCancelled)
                : new AutogradStep(Module, objective, _parameters, _training.ThrowIfCancelled);
    }

    public VaeModule Module { get; }

    public BestWeights Best { get; }

    /// <summary>Of one <see cref="Step"/>, forward and back.</summary>
    public double MultiplyAddsOfStep =>
        TrainingThreads.OfStep(Math.Min(_training.BatchSize, _data.Count) * _objective.Samples, _parameters.MultiplyAddsPerRow);

    /// <summary>One step of stochastic gradient descent on a batch of rows, <c>[rows, width]</c>, in the user's units.</summary>
    /// <returns>What the loss was before it; <see langword="null"/>: it was not finite, and no step was made.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled, and it is as if the step had not been begun.</exception>
    public StepLoss? Step(Tensor rows, double learningRate)
    {
        using var scope = NewDisposeScope();
        var clean = _data.Batch(rows);
        var (noiseBefore, corruptionBefore) = (StateOf(_noiseRandom), StateOf(_corruptionRandom));
        var noise = randn([_objective.Samples * clean.Rows, Module.Latent.NoiseLength], device: _data.Device, generator: _noiseRandom);
        StepLoss loss;
        try
        {
            Module.Dropout = _noiseRandom;
            loss = _step.Compute(_corruptor?.Corrupt(clean) ?? clean, noise);
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
        if (!Clip(_parameters.Gradients))
            return null;
        _adam.Step(learningRate);
        Module.Latent.AfterStep();
        _objective.AfterStep(loss.Kl / clean.Rows);
        return loss;
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
