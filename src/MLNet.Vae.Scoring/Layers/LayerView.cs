using Microsoft.ML;

namespace MLNet.Vae.Layers;

/// <summary>The lazy result of a layer over a source. Thread-safe.</summary>
internal sealed class LayerView(ColumnLayer layer, IDataView source) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => layer.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = layer.Active(columnsNeeded);
        return new LayerCursor(active, source.GetRowCursor(active.Dependencies, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = layer.Active(columnsNeeded);
        return [.. source.GetRowCursorSet(active.Dependencies, n, rand).Select(cursor => new LayerCursor(active, cursor))];
    }
}
