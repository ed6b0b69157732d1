using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A view whose cursors come one at a time.</summary>
internal abstract class ViewBase(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public virtual bool CanShuffle => false;

    public virtual long? GetRowCount() => null;

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A schema without rows.</summary>
internal sealed class EmptyView(DataViewSchema schema) : ViewBase(schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => 0;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(Schema, Schema.Active(columnsNeeded));

    private sealed class Cursor(DataViewSchema schema, bool[] active) : CountingCursor(schema)
    {
        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ref TValue _) => CheckAtRow();

        public override ValueGetter<DataViewRowId> GetIdGetter() => IdGetter(() => Position);

        protected override bool Advance() => false;
    }
}

/// <summary>Rows chosen by a number drawn for each of them, the same on every pass.</summary>
internal sealed class SplitView(IDataView source, int seed, Func<double, bool> accept) : ViewBase(source.Schema)
{
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), new Random(seed), accept);

    private sealed class Cursor(DataViewRowCursor input, Random random, Func<double, bool> accept) : CountingCursor(input.Schema)
    {
        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override bool Advance()
        {
            while (input.MoveNext())
            {
                if (accept(random.NextDouble()))
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
}

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
