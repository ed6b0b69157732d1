namespace MLNet.Vae;

/// <summary>What the model of a key says of readings.</summary>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaeFleetResult")]
public sealed record VaeFleetResult
{
    /// <summary>
    /// How anomalous each is, <c>[n]</c>: higher is more anomalous. <see langword="null"/>: the key has no model yet, and learns from them.
    /// </summary>
    [Id(0)]
    public IReadOnlyList<float>? Scores { get; init; }

    /// <summary>
    /// Whether each score does not lie at or below the threshold, <c>[n]</c>; <see langword="null"/>: there is no model, or no threshold.
    /// </summary>
    [Id(1)]
    public IReadOnlyList<bool>? PredictedLabels { get; init; }

    /// <summary>The how many-th model of the key it is; 0: there is none.</summary>
    [Id(2)]
    public required int ModelVersion { get; init; }
}
