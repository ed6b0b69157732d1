namespace MLNet.Vae;

/// <summary>The association of two columns, in real rows and in synthetic ones.</summary>
public sealed record VaeTableAssociation
{
    /// <summary>Name of the one.</summary>
    public required string First { get; init; }

    /// <summary>Name of the other.</summary>
    public required string Second { get; init; }

    /// <summary>What the two values are.</summary>
    public required VaeTableAssociationMeasure Measure { get; init; }

    /// <summary>In real rows.</summary>
    public required double Real { get; init; }

    /// <summary>In synthetic rows.</summary>
    public required double Synthetic { get; init; }

    /// <summary>How far they are apart, 0 to 2.</summary>
    public double Error => Math.Abs(Real - Synthetic);
}
