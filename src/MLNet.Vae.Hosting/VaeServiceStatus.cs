using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>How a scoring service is.</summary>
public sealed record VaeServiceStatus
{
    /// <summary>The model file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>When the model that scores was loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>How often another model took its place since the start.</summary>
    public required int Reloads { get; init; }

    /// <summary>Why the file as it is now does not score, an earlier model does; <see langword="null"/>: it does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fault { get; init; }

    /// <summary>
    /// The share of the last rows that the model took for anomalies; <see langword="null"/>: it has no threshold, or has seen no row.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AnomalousShare { get; init; }

    /// <summary>
    /// The population stability index of the last rows' scores against those of training; <see langword="null"/>: the model has no
    /// calibration scores, or has seen too few rows.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PopulationStabilityIndex { get; init; }
}
