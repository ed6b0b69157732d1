namespace MLNet.Vae.Latents;

/// <summary>p(z) = p(z₁ | z₂) … p(z_L), and a posterior that comes down the same way (Sønderby et al. 2016). A code is z₁, …, z_L.</summary>
/// <param name="Levels">From the one that the decoder reads up.</param>
/// <param name="LogSigmaRange">Bounds that every log σ that a network gives is clamped to.</param>
internal sealed record HierarchicalCode(IReadOnlyList<LatentLevel> Levels, (float Minimum, float Maximum) LogSigmaRange) : LatentNetwork
{
    public override int Length => Levels.Sum(level => level.Length);

    public override IReadOnlyList<int> LevelDimensions => [.. Levels.Select(level => level.Length)];
}
