using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>How the values of a numeric column lay in training: bins in ascending order, which do not overlap.</summary>
public sealed record VaeHistogram
{
    [JsonConstructor]
    internal VaeHistogram() { }

    /// <summary>Least value of each bin.</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Greatest value of each bin; a bin of one value has the same as <see cref="Lower"/>.</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Mean of the values of each bin.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>Share of the rows in each bin; they sum to 1.</summary>
    public required IReadOnlyList<double> Share { get; init; }

    /// <summary>Number of bins.</summary>
    public int Count => Lower.Count;
}
