namespace MLNet.Vae.Tool.Results;

/// <summary>What <c>explain --json</c> writes.</summary>
internal sealed record ExplainResult(IReadOnlyList<ExplainedRow> Rows, double Seconds, IReadOnlyList<string> Warnings);

/// <summary>A row, its score, and where that comes from.</summary>
/// <param name="Row">Its number in the file, from 1, the header not counted.</param>
/// <param name="Line">The line it begins in; null: the file has none.</param>
/// <param name="Score">Nats.</param>
/// <param name="PredictedLabel">Whether it is predicted anomalous; null: the model does not say.</param>
/// <param name="Columns">The largest share first.</param>
internal sealed record ExplainedRow(long Row, long? Line, float? Score, bool? PredictedLabel, IReadOnlyList<ExplainedCell> Columns);

/// <summary>A cell of a row.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Observed">What is there; null: it is missing.</param>
/// <param name="Expected">What should have been there.</param>
/// <param name="Nats">Its share in the score.</param>
internal sealed record ExplainedCell(string Column, string? Observed, string? Expected, float? Nats);
