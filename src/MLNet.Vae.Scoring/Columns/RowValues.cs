namespace MLNet.Vae.Columns;

/// <summary>What the model gives of the current row, <c>[width]</c>; throws where there is none.</summary>
internal delegate ReadOnlySpan<float> RowValues();
