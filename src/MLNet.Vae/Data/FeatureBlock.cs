namespace MLNet.Vae.Data;

/// <summary>Consecutive rows in the user's units.</summary>
/// <param name="Values"><c>[rows, width]</c>, row-major, all finite but for missing values, NaN, where there may be some.</param>
/// <param name="Rows">Number of rows.</param>
internal readonly record struct FeatureBlock(ReadOnlyMemory<float> Values, int Rows);
