using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>What is read into one chart.</summary>
/// <param name="Name">As shown.</param>
/// <param name="Column">Where it is.</param>
/// <param name="Slot">Of a vector; <see langword="null"/>: the column is a scalar.</param>
internal sealed record SeriesChannel(string Name, DataViewSchema.Column Column, int? Slot);
