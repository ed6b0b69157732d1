namespace MLNet.Vae.Networks;

/// <summary>p(z | c) = N(mean, diag σ²), read from the normalised condition.</summary>
/// <param name="Hidden">From the condition to what the heads read; may be empty.</param>
/// <param name="Mean"><c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">log σ before clamping, <c>[latent, hidden]</c>.</param>
internal sealed record GaussianPrior(IReadOnlyList<Layer> Hidden, DenseLayer Mean, DenseLayer LogSigma);
