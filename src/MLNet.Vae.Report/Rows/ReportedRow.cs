namespace MLNet.Vae.Reporting;

/// <summary>A row that is shown in full.</summary>
/// <param name="Index">Its place among the rows read.</param>
/// <param name="Features"><c>[features]</c>.</param>
/// <param name="Reconstruction"><c>[features]</c>.</param>
/// <param name="Contributions"><c>[features]</c>; <see langword="null"/>: not read.</param>
internal sealed record ReportedRow(int Index, float[] Features, float[] Reconstruction, float[]? Contributions);
