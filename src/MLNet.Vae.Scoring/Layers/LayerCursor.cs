using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Layers;

/// <summary>The rows of a source with the columns of a layer: nothing is read ahead.</summary>
internal sealed class LayerCursor : DataViewRowCursor
{
    private readonly LayerColumns _columns;
    private readonly DataViewRowCursor _source;
    private readonly IReadOnlyList<Delegate> _added;
    private bool _disposed;

    public LayerCursor(LayerColumns columns, DataViewRowCursor source)
    {
        (_columns, _source) = (columns, source);
        try
        {
            _added = columns.Over(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public override DataViewSchema Schema => _columns.Schema;

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext() => _source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.Getter<TValue>(_source, _added, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            _source.Dispose();
        }
        base.Dispose(disposing);
    }
}
