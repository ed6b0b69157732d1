using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>A prior that is learned: N(mean, diag σ²), both functions of something known.</summary>
/// <param name="Hidden">From what is known to what the heads read; may be empty.</param>
/// <param name="Mean"><c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">log σ before clamping, <c>[latent, hidden]</c>.</param>
internal sealed record GaussianPrior(IReadOnlyList<Layer> Hidden, DenseLayer Mean, DenseLayer LogSigma);
