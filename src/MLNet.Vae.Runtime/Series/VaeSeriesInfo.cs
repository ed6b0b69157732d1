using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What a model of windows of a series knows of the series.</summary>
public sealed record VaeSeriesInfo
{
    /// <summary>Most readings of a window.</summary>
    internal const int MaximumSteps = 65_536;

    [JsonConstructor]
    internal VaeSeriesInfo() { }

    /// <summary>Columns of the channels, in the order of their values in a window.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Readings of a window.</summary>
    [JsonRequired]
    public int Steps { get; init; }

    /// <summary>Column of the key whose values are series of their own; <see langword="null"/>: there is one series.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>Column of the time; <see langword="null"/>: readings are in order and without gaps.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Longest time from one reading to the next within a window, seconds; <see langword="null"/>: any.</summary>
    public double? MaximumGapSeconds { get; init; }

    /// <summary>What training told of each channel.</summary>
    public required IReadOnlyList<VaeSeriesChannel> Channels { get; init; }

    /// <summary>
    /// Of the model's score of windows that did not train; <see langword="null"/> where these are worth fewer than 10: then the channels
    /// alone are judged.
    /// </summary>
    public VaeSeriesLevel? ModelScore { get; init; }

    /// <summary>Readings whose score lies above are anomalies, nats.</summary>
    [JsonRequired]
    public double Threshold { get; init; }

    /// <summary>Readings that the newest tenth of a window has, one at least.</summary>
    internal int NewestSteps => Math.Max(1, Steps / 10);
}
