using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>One level of a hierarchical latent variable.</summary>
/// <param name="Body">
/// From what the level below read to what this one reads; empty for the lowest, which reads the encoder's last hidden layer.
/// </param>
/// <param name="Mean">The level's own estimate of its mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">And of its log σ, before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="Prior">p(z | the level above); <see langword="null"/>: N(0, I), at the top.</param>
internal sealed record LatentLevel(IReadOnlyList<Layer> Body, DenseLayer Mean, DenseLayer LogSigma, GaussianPrior? Prior)
{
    public int Length => Mean.Outputs;
}
