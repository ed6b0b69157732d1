namespace MLNet.Vae;

/// <summary>How often a category is there. Shares are of all rows read of a view, from 0 to 1.</summary>
public sealed record VaeTableCategory
{
    /// <summary>The text, the name of the key, "true" or "false"; "(missing)" where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>Among the real rows.</summary>
    public required double RealShare { get; init; }

    /// <summary>Among the held-out rows.</summary>
    public required double HeldOutShare { get; init; }

    /// <summary>Among the synthetic rows.</summary>
    public required double SyntheticShare { get; init; }
}
