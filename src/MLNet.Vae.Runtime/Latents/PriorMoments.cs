namespace MLNet.Vae.Latents;

/// <summary>Mean and log σ of a learned prior, <c>[n][L]</c>: each level's from the level above in <paramref name="codes"/>.</summary>
/// <param name="codes"><c>[n][L]</c>.</param>
/// <param name="conditions">One for each code; <see langword="null"/> where the model has none.</param>
internal delegate (float[][] Mean, float[][] LogSigma) PriorMoments(IReadOnlyList<float[]> codes, float[][]? conditions);
