using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>KL(N(mean, σ²) ‖ N(0, 1)) in closed form (Kingma and Welling 2014, appendix B).</summary>
internal static class GaussianKl
{
    public static readonly Scalar Two = 2;

    private static readonly Scalar One = 1;

    /// <summary>½(mean² + (σ² − 1) − ln σ²), nats: <c>[rows, latent]</c> → <c>[rows, latent]</c>.</summary>
    public static Tensor PerDimension(Tensor mean, Tensor logSigma)
    {
        var logVariance = Two * logSigma;
        return (logVariance.expm1().addcmul(mean, mean, One) - logVariance) / Two;
    }

    /// <summary>
    /// KL(N(mean, σ²) ‖ N(m, s²)) = ½(((mean − m)/s)² + (σ/s)² − 1) − ln σ + ln s, nats: a divergence does not change with the units that z
    /// is measured in, and in units of the prior the prior is N(0, 1).
    /// </summary>
    public static Tensor PerDimension(Tensor mean, Tensor logSigma, Tensor priorMean, Tensor priorLogSigma)
        => PerDimension((mean - priorMean) / priorLogSigma.exp(), logSigma - priorLogSigma);
}
