using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What a model gives of a row: what the pipeline that it was saved from was asked for.</summary>
public sealed record VaeRowResult
{
    /// <summary>How anomalous the row is, as <see cref="VaeModelInfo.ScoreKind"/> says: higher is more anomalous.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public float? Score { get; init; }

    /// <summary>Whether the score does not lie at or below the threshold; <see langword="null"/>: the model has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? PredictedLabel { get; init; }

    /// <summary>The share of normal rows that score as high; <see langword="null"/>: the model has no calibration scores.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? PValue { get; init; }

    /// <summary>
    /// The share in the score of each column of a table, or of each slot of the features, by its name or else its number from 0;
    /// <see langword="null"/>: the model was not asked for it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public IReadOnlyDictionary<string, float>? Contributions { get; init; }

    /// <summary>The posterior mean, <c>[L]</c>; <see langword="null"/>: the model was not asked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public IReadOnlyList<float>? Embedding { get; init; }
}
