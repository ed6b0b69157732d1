namespace MLNet.Vae.Tables;

/// <summary>A row as numbers of its fields, and for each of them a rank, 0 to 1, within its bin.</summary>
internal sealed record CodedRow(int[] Codes, double[] Ranks);
