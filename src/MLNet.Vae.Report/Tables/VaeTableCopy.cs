namespace MLNet.Vae;

/// <summary>A synthetic row that equals a row of training in every column compared.</summary>
public sealed record VaeTableCopy
{
    /// <summary>Its number among the synthetic rows, from 0.</summary>
    public required long SyntheticRow { get; init; }

    /// <summary>The number of the first real row that it equals, from 0.</summary>
    public required long RealRow { get; init; }

    /// <summary>How many real rows it equals: the fewer, the more it says of one of them.</summary>
    public required int RealRows { get; init; }
}
