namespace MLNet.Vae.Latents;

/// <summary>What a latent variable lies between.</summary>
/// <param name="Hidden">Width of what the encoder gives.</param>
/// <param name="Condition">Width of the condition; 0: there is none.</param>
/// <param name="Architecture">Of encoder and decoder.</param>
/// <param name="LearnedPrior">Whether the prior depends on the condition.</param>
internal sealed record LatentSurroundings(int Hidden, int Condition, VaeArchitecture Architecture, bool LearnedPrior)
{
    /// <summary>How what the encoder gives lies, place after place; <see langword="null"/>: it has no places.</summary>
    public ImageShape? Maps { get; init; }

    /// <summary>
    /// Whether the posterior's σ is the same for all rows, as it is not where values may be missing: it depends on which are.
    /// </summary>
    public bool SharesPosteriorSigma { get; init; } = Architecture.SharesPosteriorSigma;

    /// <summary>Classes of the label; 0: there is none.</summary>
    public int Classes { get; init; }
}
