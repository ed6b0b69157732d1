namespace MLNet.Vae.Noise;

/// <summary>What tells the rows of data apart, whatever their order, as ML.NET's row ids do.</summary>
/// <param name="Low">Its first 64 bits.</param>
/// <param name="High">Its last.</param>
internal readonly record struct RowId(ulong Low, ulong High);
