using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Cursors;

/// <summary>
/// The source's own cursor under the output schema: nothing is read ahead. Alone, where none of the added columns is active.
/// </summary>
internal class PassThroughCursor(ActiveColumns columns, DataViewRowCursor source) : DataViewRowCursor
{
    private bool _disposed;

    public override DataViewSchema Schema => columns.Schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    protected bool HasRow => !_disposed && source.Position >= 0;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.Contains(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => columns.IsPassThrough(column, out var index)
            ? source.GetGetter<TValue>(source.Schema[index])
            : columns.Cast<TValue>(Added(index), column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    /// <summary>The getter of an added column.</summary>
    protected virtual Delegate Added(int index) => throw new NotSupportedException();

    /// <summary>Called once, when the cursor is disposed.</summary>
    protected virtual void Release() => source.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (!_disposed && disposing)
        {
            _disposed = true;
            Release();
        }
        base.Dispose(disposing);
    }
}
