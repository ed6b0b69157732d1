using MLNet.Vae.Checkpoints;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) on one vector of parameters.</summary>
internal sealed class Adam(ParameterVector parameters) : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private static readonly Scalar MeanDecay = Beta1,
        MeanGain = 1 - Beta1,
        SquareDecay = Beta2,
        SquareGain = 1 - Beta2,
        Epsilon = 1e-8,
        One = 1;

    private readonly Tensor _mean = zeros_like(parameters.Values);
    private readonly Tensor _square = zeros_like(parameters.Values);
    private int _step;

    /// <summary>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − α·m̂ / (√v̂ + ε).</summary>
    public void Step(double learningRate)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        _step++;
        var gradient = parameters.Gradients;
        _mean.mul_(MeanDecay).add_(gradient, MeanGain);
        _square.mul_(SquareDecay).addcmul_(gradient, gradient, SquareGain);
        using Scalar step = -learningRate / (1 - Math.Pow(Beta1, _step));
        using Scalar rootCorrection = Math.Sqrt(1 - Math.Pow(Beta2, _step));
        var denominator = _square.sqrt().div_(rootCorrection).add_(Epsilon, One);
        parameters.Values.addcdiv_(_mean, denominator, step);
    }

    public void Exchange(TrainingState state)
    {
        state.Tensor("adam.mean", _mean);
        state.Tensor("adam.square", _square);
        state.Value("adam.step", ref _step);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }
}
