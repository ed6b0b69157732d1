using MLNet.Vae.Data;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training.Steps;

/// <summary>
/// The gradient of a plain multilayer perceptron, conditional or not, with a Gaussian latent variable and one sample per row, written out:
/// a third of the operations that automatic differentiation takes. A test compares the two.
/// </summary>
/// <param name="model">Its layers.</param>
/// <param name="objective">The loss.</param>
/// <param name="throwIfCancelled">
/// Called before each product of a layer, which of a wide one over a large batch takes seconds; <see langword="null"/>: nobody cancels.
/// </param>
internal sealed class DenseStep(DenseModel model, TrainingObjective objective, Action? throwIfCancelled = null) : IGradientStep
{
    private readonly Dictionary<long, Workspace> _workspaces = [];

    public StepLoss Compute(TrainingBatch batch, Tensor noise)
    {
        using var _ = no_grad();
        // Two sizes at most: full batches and the rest of an epoch.
        if (!_workspaces.TryGetValue(batch.Rows, out var workspace))
            _workspaces[batch.Rows] = workspace = new(model, batch.Rows, throwIfCancelled);
        return workspace.Compute(batch, noise, objective);
    }

    public void Dispose()
    {
        foreach (var workspace in _workspaces.Values)
            workspace.Dispose();
    }

    private sealed class Workspace : IDisposable
    {
        private static readonly Scalar One = 1, Minimum = GaussianHead.MinimumLogSigma, Maximum = GaussianHead.MaximumLogSigma;

        private readonly OutputLikelihood _likelihood;
        private readonly long _rows, _latent;
        private readonly DenseStack _encoder, _decoder;
        private readonly Tensor _mean, _unclamped, _logSigma, _sigma, _spread;

        // What the decoder reads is z and the condition side by side.
        private readonly Tensor _code, _codeGradient, _z, _zGradient;
        private readonly Tensor? _condition;

        public Workspace(DenseModel model, long rows, Action? throwIfCancelled)
        {
            _likelihood = model.Likelihood;
            _rows = rows;
            _encoder = new(model.Encoder, model.Activation, rows, throwIfCancelled);
            _decoder = new(model.Decoder, model.Activation, rows, throwIfCancelled);
            _latent = _encoder.Output.size(1) / 2;
            _mean = Kept(_encoder.Output.narrow(1, 0, _latent));
            _unclamped = Kept(_encoder.Output.narrow(1, _latent, _latent));
            var code = model.Decoder[0].Weight.Value.size(1);
            _logSigma = Buffer(_latent);
            _sigma = Buffer(_latent);
            _spread = Buffer(_latent);
            _code = Buffer(code);
            _codeGradient = Buffer(code);
            _z = Kept(_code.narrow(1, 0, _latent));
            _zGradient = Kept(_codeGradient.narrow(1, 0, _latent));
            _condition = code == _latent ? null : Kept(_code.narrow(1, _latent, code - _latent));
        }

        public StepLoss Compute(TrainingBatch batch, Tensor noise, TrainingObjective objective)
        {
            var input = _condition is null ? batch.Input : cat([batch.Input, batch.Condition!], 1);
            _condition?.copy_(batch.Condition!);
            _encoder.Forward(input);
            _logSigma.copy_(_unclamped).clamp_(Minimum, Maximum);
            _sigma.copy_(_logSigma).exp_();
            _spread.copy_(_sigma).mul_(noise);
            _z.copy_(_mean).add_(_spread, One);
            _decoder.Forward(_code);

            var kl = (Squares(_mean) + Squares(_sigma) - _rows * _latent) / 2 - Sum(_logSigma);
            var reconstruction = _likelihood.Descend(batch.Target, _decoder.Output);
            _decoder.Backward(_code, _codeGradient);

            // z = mean + σ·noise, and KL = Σ ½(mean² + σ² − 1) − ln σ:
            // ∂ ln σ = ∂z ∘ σ·noise + β(σ² − 1), none where ln σ is clamped; ∂ mean = ∂z + β·mean.
            var beta = objective.CurrentBeta((int)_latent);
            using Scalar weight = beta / _rows, minusWeight = -beta / _rows;
            using var free = _unclamped.eq(_logSigma);
            _unclamped.copy_(_spread.mul_(_zGradient).addcmul_(_sigma, _sigma, weight).add_(minusWeight, One).mul_(free));
            _mean.mul_(weight).add_(_zGradient, One);
            _encoder.Backward(input, inputGradient: null);
            return new(reconstruction, kl);
        }

        public void Dispose()
        {
            _encoder.Dispose();
            _decoder.Dispose();
            foreach (
                var tensor in (Tensor?[])[_mean, _unclamped, _logSigma, _sigma, _spread, _code, _codeGradient, _z, _zGradient, _condition]
            )
            {
                tensor?.Dispose();
            }
        }

        private Tensor Buffer(long width) => Kept(empty(_rows, width, device: _mean.device));

        private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();

        private static double Squares(Tensor values)
        {
            using var norm = values.norm();
            return Math.Pow(norm.item<float>(), 2);
        }

        private static double Sum(Tensor values)
        {
            using var sum = values.sum();
            return sum.item<float>();
        }
    }
}
