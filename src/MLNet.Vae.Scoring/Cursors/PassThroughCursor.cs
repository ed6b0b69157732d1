using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Cursors;

/// <summary>The source's own cursor under the output schema, where none of the added columns is active: nothing is read ahead.</summary>
internal sealed class PassThroughCursor(IHost host, BoundSchema columns, DataViewRowCursor source, bool[] active) : DataViewRowCursor
{
    public override DataViewSchema Schema => columns.Output;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => IsColumnActive(column) && columns.IsPassThrough(column.Index, out var index)
            ? source.GetGetter<TValue>(source.Schema[index])
            : throw host.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
