using MLNet.Vae.Series;
using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What training told of one channel of a series.</summary>
public sealed record VaeSeriesChannel
{
    [JsonConstructor]
    internal VaeSeriesChannel() { }

    /// <summary>Its column, or the slot of a vector column.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Independent readings that those of training are worth: their number over 1 + 2 Σ ρₖ, ρ their autocorrelation up to the first lag at
    /// which it is negative (Geyer 1992). Of a temperature that drifts 400 readings may be worth 3.
    /// </summary>
    [JsonRequired]
    public double EffectiveReadings { get; init; }

    /// <summary>Of its mean over a whole window.</summary>
    public required VaeSeriesLevel Window { get; init; }

    /// <summary>Of its mean over the newest tenth of a window.</summary>
    public required VaeSeriesLevel Newest { get; init; }

    /// <summary>Whether it is judged: where training is worth fewer than 10 readings, nothing can be said of another one.</summary>
    public bool IsJudged => EffectiveReadings >= SeriesJudge.LeastEffective;
}
