using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>q(z | x) = N(mean, diag σ²), with a mixture of Gaussians as prior.</summary>
/// <param name="Mean">Posterior mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that the posterior's log σ is clamped to.</param>
/// <param name="Prior">p(z).</param>
internal sealed record MixtureCode(
    DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange, GaussianMixture Prior) : LatentNetwork
{
    public override int Length => Mean.Outputs;

    public override IReadOnlyList<VaeMixtureComponent> Components => Prior.Describe();
}
