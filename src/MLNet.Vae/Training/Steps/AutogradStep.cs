using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training.Steps;

/// <summary>The gradient of any model, by automatic differentiation.</summary>
/// <param name="module">The model.</param>
/// <param name="objective">The loss.</param>
/// <param name="parameters">Take the gradient.</param>
/// <param name="throwIfCancelled">Called between the way forward and the way back; <see langword="null"/>: nobody cancels.</param>
internal sealed class AutogradStep(
    VaeModule module, TrainingObjective objective, ParameterVector parameters, Action? throwIfCancelled = null) : IGradientStep
{
    private static readonly Scalar Zero = 0;

    public StepLoss Compute(TrainingBatch batch, Tensor noise)
    {
        var terms = module.Terms(batch, noise, objective.Samples, objective.NeedsDensities);
        var loss = objective.Loss(terms);
        throwIfCancelled?.Invoke();
        parameters.Gradients.fill_(Zero);
        loss.backward();
        return new(Sum(terms.Reconstruction) / terms.Samples, Sum(terms.Kl), terms.Penalty is { } penalty ? Sum(penalty) * batch.Rows : 0);
    }

    public void Dispose()
    {
    }

    private static double Sum(Tensor values)
    {
        using var _ = no_grad();
        return values.sum().item<float>();
    }
}
