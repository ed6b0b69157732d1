using System.Text.Json.Serialization;

namespace MLNet.Vae.Endpoints;

/// <summary>What is told of a model to whoever asks: nothing of the machine that it is on.</summary>
/// <param name="Columns">That rows must have.</param>
/// <param name="ScoreKind">What a score is.</param>
/// <param name="Threshold">Rows that score above are predicted anomalous.</param>
/// <param name="LoadedAt">When it was loaded.</param>
/// <param name="Reloads">How often another model took the place of one.</param>
/// <param name="IsFileServed">Whether it is that of the file as it is now.</param>
/// <param name="AnomalousShare">Of the last rows.</param>
/// <param name="PopulationStabilityIndex">Of the last rows.</param>
internal sealed record ModelAnswer(
    IReadOnlyList<VaeServedColumn> Columns,
    [property: JsonConverter(typeof(JsonStringEnumConverter<VaeScoreKind>))] VaeScoreKind ScoreKind,
    double? Threshold,
    DateTimeOffset LoadedAt,
    int Reloads,
    bool IsFileServed,
    double? AnomalousShare,
    double? PopulationStabilityIndex);
