namespace MLNet.Vae.Reporting;

/// <summary>What a report holds of the columns of a table.</summary>
/// <param name="Columns">Those that are modelled, over all rows.</param>
/// <param name="Worst">Of all rows, the highest score first.</param>
/// <param name="Flagged">Of all rows those above the threshold; <see langword="null"/>: the model has none.</param>
internal sealed record ReportedTable(IReadOnlyList<ColumnFindings> Columns, IReadOnlyList<WorstTableRow> Worst, long? Flagged);
