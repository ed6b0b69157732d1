namespace MLNet.Vae.Reporting;

/// <summary>A cell of a row that is shown.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Observed">What the row holds; <see langword="null"/>: it is missing.</param>
/// <param name="Expected">What it should have been, given its row.</param>
/// <param name="Nats">Its share in the score; <see langword="null"/>: it is missing and has none.</param>
/// <param name="Note">What training had not, in words; <see langword="null"/>: nothing.</param>
internal sealed record TableCell(string Column, string? Observed, string Expected, float? Nats, string? Note);
