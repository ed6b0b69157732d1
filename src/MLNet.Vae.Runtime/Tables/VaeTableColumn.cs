using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What training told of one column of a table.</summary>
public sealed record VaeTableColumn
{
    [JsonConstructor]
    internal VaeTableColumn() { }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Type of its values: "Text", "Key", "Boolean", "DateTime", or the name of a type of numbers, such as "Single".</summary>
    public required string Type { get; init; }

    /// <summary>How it is modelled; <see langword="null"/>: it is set aside, <see cref="Reason"/> says why.</summary>
    public VaeColumnKind? Kind { get; init; }

    /// <summary>Why it is modelled so.</summary>
    public required string Reason { get; init; }

    /// <summary>Rows of training that were looked at.</summary>
    [JsonRequired]
    public long Rows { get; init; }

    /// <summary>Those of them in which it was missing: NaN, an empty text, a missing key.</summary>
    [JsonRequired]
    public long Missing { get; init; }

    /// <summary>Whether all its numbers were integers.</summary>
    [JsonRequired]
    public bool IsInteger { get; init; }

    /// <summary>Its parts; none of a column that is set aside.</summary>
    public required IReadOnlyList<VaeTableField> Fields { get; init; }

    /// <summary>Whether it comes as text: of keys, what they stand for.</summary>
    internal bool IsText => Type is "Text" or "Key";

    /// <summary>Number of its features.</summary>
    public int FeatureCount => Fields.Sum(part => part.Count);
}
