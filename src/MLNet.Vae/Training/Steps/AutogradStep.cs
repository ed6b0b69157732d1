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
/// <param name="throwIfCancelled">
/// Called between the way forward and the way back, which nothing else breaks off; <see langword="null"/>: nobody cancels.
/// </param>
/// <param name="sliceMultiplyAdds">
/// Of the way forward, beyond which a batch is taken in slices where its rows have to do with themselves alone: whoever cancels waits for
/// one of them, and not for the batch.
/// </param>
internal sealed class AutogradStep(
    VaeModule module,
    TrainingObjective objective,
    ParameterVector parameters,
    Action? throwIfCancelled = null,
    long sliceMultiplyAdds = AutogradStep.SliceMultiplyAdds
) : IGradientStep
{
    /// <summary>Half a second of one core, there and back.</summary>
    public const long SliceMultiplyAdds = 1L << 32;

    private static readonly Scalar Zero = 0;

    public StepLoss Compute(TrainingBatch batch, Tensor noise)
    {
        var rows = objective.IsWeightedBound && module.Latent.TakesRowsAlone
            ? Math.Max(1, sliceMultiplyAdds / Math.Max(1, module.MultiplyAddsPerRow))
            : batch.Rows;
        if (rows >= batch.Rows)
            return Slice(batch, noise, isFirst: true, share: null);
        var loss = new StepLoss();
        for (var start = 0L; start < batch.Rows; start += rows)
        {
            if (start > 0)
                throwIfCancelled?.Invoke();
            using var scope = NewDisposeScope();
            var count = Math.Min(rows, batch.Rows - start);
            var part = Slice(batch.Slice(start, count), noise.narrow(0, start, count), start == 0, (double)count / batch.Rows);
            loss = new(loss.Reconstruction + part.Reconstruction, loss.Kl + part.Kl);
        }
        return loss;
    }

    /// <summary>Adds to the gradient, which the first begins.</summary>
    private StepLoss Slice(TrainingBatch batch, Tensor noise, bool isFirst, double? share)
    {
        var terms = module.Terms(batch, noise, objective.Samples, objective.NeedsDensities);
        var loss = objective.Loss(terms);
        throwIfCancelled?.Invoke();
        if (isFirst)
            parameters.Gradients.fill_(Zero);
        if (share is { } weight)
        {
            using Scalar factor = weight;
            loss = loss * factor;
        }
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
