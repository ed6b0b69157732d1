using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Layers;

/// <summary>A live row with the columns of a layer, as a prediction engine asks.</summary>
internal sealed class LayerRow(LayerColumns columns, DataViewRow source) : DataViewRow
{
    private readonly IReadOnlyList<Delegate> _added = columns.Over(source);
    private bool _disposed;

    public override DataViewSchema Schema => columns.Schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.Getter<TValue>(source, _added, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            source.Dispose();
        }
        base.Dispose(disposing);
    }
}
