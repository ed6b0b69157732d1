namespace MLNet.Vae;

/// <summary>What the values of a column are.</summary>
public enum VaeColumnComparisonKind
{
    /// <summary>Text, a key or a <c>Boolean</c>.</summary>
    Category,

    /// <summary>Numbers of which at least one among the real rows is not whole.</summary>
    Number,

    /// <summary>Numbers that are all whole among the real rows, whatever their type.</summary>
    WholeNumber,
}
