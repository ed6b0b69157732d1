using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor that counts its own rows.</summary>
internal abstract class CountingCursor(DataViewSchema schema) : DataViewRowCursor
{
    private long _position = -1;
    private bool _done;

    public sealed override DataViewSchema Schema { get; } = schema;

    public sealed override long Position => _position;

    public override long Batch => 0;

    public sealed override bool MoveNext()
    {
        if (_done)
            return false;
        if (Advance())
        {
            _position++;
            return true;
        }
        Dispose();
        return false;
    }

    protected abstract bool Advance();

    protected override void Dispose(bool disposing)
    {
        (_done, _position) = (true, -1);
        base.Dispose(disposing);
    }

    protected ValueGetter<DataViewRowId> IdGetter(Func<long> index) => (ref DataViewRowId id) =>
    {
        CheckAtRow();
        id = new DataViewRowId((ulong)index(), 0);
    };

    protected void CheckAtRow() => Contracts.Check(null, _position >= 0,
        "Cannot fetch a value: MoveNext was not called, or returned false, or the cursor was disposed.");
}

/// <summary>The input's rows with other columns; moves only where the input does.</summary>
internal abstract class WrappingCursor(DataViewRow input, DataViewSchema schema) : DataViewRowCursor
{
    private protected DataViewRow Input => input;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => input.Position;

    public sealed override long Batch => input.Batch;

    public sealed override bool MoveNext() => ((DataViewRowCursor)input).MoveNext();

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override void Dispose(bool disposing) => input.Dispose();
}

/// <summary>Rows of the input, some left out.</summary>
internal sealed class FilterCursor(DataViewRowCursor input, DataViewSchema schema, Func<bool> accept, long skip = 0, long take = long.MaxValue)
    : CountingCursor(schema)
{
    private long _skip = skip;
    private long _take = take;

    public override long Batch => input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected override bool Advance()
    {
        while (_take > 0 && input.MoveNext())
        {
            if (!accept() || _skip-- > 0)
                continue;
            _take--;
            return true;
        }
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }
}
