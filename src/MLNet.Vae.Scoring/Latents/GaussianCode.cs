using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>q(z | x) = N(mean, diag σ²).</summary>
/// <param name="Mean">Posterior mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that log σ is clamped to, the prior's too.</param>
/// <param name="Prior">p(z | c); <see langword="null"/>: N(0, I).</param>
internal sealed record GaussianCode(
    DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange, GaussianPrior? Prior = null) : LatentNetwork
{
    public override int Length => Mean.Outputs;
}
