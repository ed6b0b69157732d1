namespace MLNet.Vae;

/// <summary>The last readings of a key.</summary>
public sealed record VaeFleetReadings
{
    /// <summary>Of which fleet it is.</summary>
    public required string Fleet { get; init; }

    /// <summary>Whose they are.</summary>
    public required string Key { get; init; }

    /// <summary>Numbers of a reading, D.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The readings as they came, the oldest first, <c>[n, D]</c>.</summary>
    public required ReadOnlyMemory<float> Rows { get; init; }
}
