using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>
/// What a column of a table is to the model: some of its features. A time has up to three of these, every other column one.
/// </summary>
public sealed record VaeTableField
{
    [JsonConstructor]
    internal VaeTableField() { }

    /// <summary>The column, or column and part of it.</summary>
    public required string Name { get; init; }

    /// <summary>How it is modelled; neither <see cref="VaeColumnKind.Time"/>, which is several fields.</summary>
    [JsonRequired]
    public VaeColumnKind Kind { get; init; }

    /// <summary>First of its features.</summary>
    [JsonRequired]
    public int Start { get; init; }

    /// <summary>Number of its features.</summary>
    [JsonRequired]
    public int Count { get; init; }

    /// <summary>
    /// Of a categorical field: what was seen in training, in the order of its features; one more feature behind them is for everything
    /// else. <see langword="null"/>: it is none.
    /// </summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Of a categorical field, the share of the rows of training that were of none of <see cref="Categories"/>; else 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double OtherShare { get; init; }

    /// <summary>Of a numeric field, how its values lay; <see langword="null"/>: it is none, or a vector.</summary>
    public VaeHistogram? Histogram { get; init; }
}
