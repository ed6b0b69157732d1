namespace MLNet.Vae.Graphs;

/// <summary>
/// A column that a saved pipeline reads, and the input <c>[1, Width]</c> that it goes into as a vector: itself where it is one.
/// </summary>
internal sealed record PipelineInput(string Tensor, string Column, VaeInputKind Kind, string Name, int Width)
{
    /// <summary>Different tokens of a sequence; 0: it is none.</summary>
    public int Tokens { get; init; }

    /// <summary>What the values are where they are no Single; see <see cref="VaeModelInfo.FeatureItemType"/>.</summary>
    public string? ItemType { get; init; }
}
