namespace MLNet.Vae.Reporting;

/// <summary>A row of a table that is shown in full.</summary>
/// <param name="Number">In the data, counted from 0.</param>
/// <param name="Name">What it is called; <see langword="null"/>: by its number alone.</param>
/// <param name="Score">Nats.</param>
/// <param name="PValue"><see langword="null"/>: the model gives none.</param>
/// <param name="Label">Whether it is an anomaly; <see langword="null"/>: that is not known.</param>
/// <param name="Cells">What is there by its nats, the most first, then what is missing.</param>
/// <param name="OtherCells">Cells that are not shown.</param>
/// <param name="OtherNats">Their share in the score.</param>
internal sealed record WorstTableRow(
    long Number, string? Name, float Score, float? PValue, bool? Label, IReadOnlyList<TableCell> Cells, int OtherCells, double OtherNats);
