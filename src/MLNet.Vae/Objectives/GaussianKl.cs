using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>KL(N(mean, σ²) ‖ N(0, 1)) in closed form (Kingma and Welling 2014, appendix B).</summary>
internal static class GaussianKl
{
    /// <summary>½(mean² + σ² − 1) − ln σ, nats: <c>[rows, latent]</c> → <c>[rows, latent]</c>.</summary>
    public static Tensor PerDimension(Tensor mean, Tensor logSigma)
        => (mean.square() + (2 * logSigma).exp() - 1) / 2 - logSigma;
}
