namespace MLNet.Vae;

/// <summary>How much of a view a <see cref="VaeTableQuality"/> is of.</summary>
public sealed record VaeTableSample
{
    /// <summary>Rows of the view.</summary>
    public required long Rows { get; init; }

    /// <summary>Those that were read: all, or one drawn from each of as many stretches of equal length.</summary>
    public required int RowsRead { get; init; }
}
