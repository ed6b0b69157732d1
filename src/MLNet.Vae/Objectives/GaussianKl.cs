using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>KL(N(mean, σ²) ‖ N(0, 1)) in closed form (Kingma and Welling 2014, appendix B).</summary>
internal static class GaussianKl
{
    public static readonly Scalar Two = 2;

    private static readonly Scalar One = 1;

    /// <summary>½(mean² + σ² − ln σ² − 1), nats: <c>[rows, latent]</c> → <c>[rows, latent]</c>.</summary>
    public static Tensor PerDimension(Tensor mean, Tensor logSigma) => FromDoubled(Doubled(mean, logSigma));

    /// <summary>
    /// KL(N(mean, σ²) ‖ N(m, s²)) = ½(((mean − m)/s)² + (σ/s)² − ln (σ/s)² − 1), nats: a divergence does not change with the units that z
    /// is measured in, and in units of the prior the prior is N(0, 1).
    /// </summary>
    public static Tensor PerDimension(Tensor mean, Tensor logSigma, Tensor priorMean, Tensor priorLogSigma)
        => FromDoubled(Doubled(mean, logSigma, priorMean, priorLogSigma));

    /// <summary>2 KL(N(mean, σ²) ‖ N(m, s²)) + 1: what is left to do can wait until sums have made the tensor smaller.</summary>
    public static Tensor Doubled(Tensor mean, Tensor logSigma, Tensor priorMean, Tensor priorLogSigma)
        => Doubled((mean - priorMean) * (-priorLogSigma).exp(), logSigma - priorLogSigma);

    /// <summary>The divergence from what <see cref="Doubled(Tensor, Tensor, Tensor, Tensor)"/> gives, or from means of it.</summary>
    public static Tensor FromDoubled(Tensor doubled) => (doubled - One) / Two;

    private static Tensor Doubled(Tensor mean, Tensor logSigma)
    {
        var logVariance = Two * logSigma;
        return mean.Squared().Plus(logVariance.exp()) - logVariance;
    }
}
