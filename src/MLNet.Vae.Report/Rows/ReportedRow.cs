namespace MLNet.Vae.Reporting;

/// <summary>A row that is shown in full.</summary>
/// <param name="Index">Its place among the rows read.</param>
/// <param name="Name">What it is called; <see langword="null"/>: by its number alone.</param>
/// <param name="Features"><c>[features]</c>.</param>
/// <param name="Reconstruction"><c>[features]</c>.</param>
/// <param name="Contributions"><c>[features]</c>; <see langword="null"/>: not read.</param>
internal sealed record ReportedRow(int Index, string? Name, float[] Features, float[] Reconstruction, float[]? Contributions);
