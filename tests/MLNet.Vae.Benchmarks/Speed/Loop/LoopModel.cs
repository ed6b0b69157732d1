using Parameter = TorchSharp.Modules.Parameter;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>
/// A variational autoencoder as users of TorchSharp write it: modules, whose <c>forward</c> gives the loss of a batch, nats per row.
/// </summary>
internal abstract class LoopModel(string name) : Module<Tensor, Tensor>(name)
{
    private static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

#pragma warning disable IDE1006 // Registered under the name of the field.
    protected readonly Parameter outputLogSigma = new(zeros(1));
#pragma warning restore IDE1006

    /// <summary>After the optimiser's step.</summary>
    public virtual void AfterStep()
    {
    }

    /// <summary>Linear layers with a ReLU after each: <c>[rows, widths[0]]</c> → <c>[rows, widths[^1]]</c>.</summary>
    protected static Module<Tensor, Tensor> Hidden(params int[] widths)
        => Sequential(widths.Zip(widths.Skip(1)).SelectMany(size => (Module<Tensor, Tensor>[])[Linear(size.First, size.Second), ReLU()]));

    /// <summary>−ln N(x; output, σ²), mean over the rows.</summary>
    protected Tensor Reconstruction(Tensor output, Tensor x)
    {
        var squares = functional.mse_loss(output, x, Reduction.Sum) / x.shape[0];
        return squares * exp(-2 * outputLogSigma) / 2 + x.shape[1] * (outputLogSigma + HalfLogTwoPi);
    }

    /// <summary>mean + σ·noise.</summary>
    protected static Tensor Draw(Tensor mean, Tensor logSigma) => mean + exp(logSigma) * randn_like(mean);

    /// <summary>KL(N(mean, σ²) ‖ N(0, 1)) of each value.</summary>
    protected static Tensor Kl(Tensor mean, Tensor logSigma) => (mean.pow(2) + exp(2 * logSigma) - 1) / 2 - logSigma;
}
