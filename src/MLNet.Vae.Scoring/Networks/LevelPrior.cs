namespace MLNet.Vae.Networks;

/// <summary>p(z | the level above) = N(mean, diag σ²).</summary>
/// <param name="Body">From the level above to what the heads read.</param>
/// <param name="Mean"><c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">log σ before clamping, <c>[latent, hidden]</c>.</param>
internal sealed record LevelPrior(IReadOnlyList<Layer> Body, DenseLayer Mean, DenseLayer LogSigma);
