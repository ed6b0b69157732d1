namespace MLNet.Vae.Networks;

/// <summary>q(z | x) = N(mean, diag σ²), with a standard normal prior.</summary>
/// <param name="Mean">Posterior mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that log σ is clamped to.</param>
internal sealed record GaussianCode(DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange) : LatentNetwork
{
    public override int Length => Mean.Outputs;
}
