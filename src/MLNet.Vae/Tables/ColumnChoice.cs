namespace MLNet.Vae.Tables;

/// <summary>How a column is modelled, and why.</summary>
/// <param name="Kind"><see langword="null"/>: it is set aside.</param>
/// <param name="Reason">In words.</param>
internal sealed record ColumnChoice(VaeColumnKind? Kind, string Reason);
