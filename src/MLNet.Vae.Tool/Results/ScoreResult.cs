namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>score --json</c> writes.</summary>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Anomalies">Those predicted anomalous.</param>
/// <param name="Unscored">Those that have no score: the first readings of a series, and after a gap.</param>
/// <param name="Threshold">Of the score, nats.</param>
/// <param name="AreaUnderRocCurve">With a label: how well the score ranks by it.</param>
/// <param name="Output">The file; null: none was written.</param>
/// <param name="Top">The rows that score highest, the highest first.</param>
/// <param name="Seconds">Reading and writing included.</param>
/// <param name="Warnings">What was warned of.</param>
internal sealed record ScoreResult(
    long Rows, long Anomalies, long Unscored, double? Threshold, double? AreaUnderRocCurve, string? Output,
    IReadOnlyList<ScoredRow> Top, double Seconds, IReadOnlyList<string> Warnings);

/// <summary>A row and its score.</summary>
/// <param name="Row">Its number in the file, from 1, the header not counted.</param>
/// <param name="Line">The line it begins in; null: the file has none.</param>
/// <param name="Score">Nats.</param>
/// <param name="PredictedLabel">Whether it is predicted anomalous; null: the model does not say.</param>
/// <param name="PValue">Share of normal rows that score as high; null: the model does not say.</param>
/// <param name="Label">What the label column has; null: none was named.</param>
internal sealed record ScoredRow(long Row, long? Line, float Score, bool? PredictedLabel, float? PValue, string? Label);
