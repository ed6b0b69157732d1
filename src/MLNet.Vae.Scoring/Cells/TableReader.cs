namespace MLNet.Vae.Cells;

/// <summary>Reads the current row of a cursor as the features of a model. One per cursor.</summary>
internal sealed class TableReader(IReadOnlyList<CellReader> cells)
{
    /// <summary>The features of the row, NaN where a value is missing.</summary>
    public void Read(Span<float> features)
    {
        foreach (var cell in cells)
            cell.Read(features);
    }
}
