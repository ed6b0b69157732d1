using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Columns read once, when first asked for, and then kept.</summary>
internal sealed class CacheView(IDataView source) : ViewBase(source.Schema)
{
    private const int BatchRows = 64;
    private readonly Column[] _columns = new Column[source.Schema.Count];
    private readonly Lock _lock = new();
    private DataViewRowId[] _ids;

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _ids?.Length ?? source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = Schema.Active(columnsNeeded);
        Fill(active);
        int[] order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _ids.Length)];
            rand.Shuffle(order);
        }
        var next = new StrongBox<long>(-1);
        return [.. Enumerable.Range(0, Math.Max(n, 1)).Select(_ => new Cursor(this, active, order, next))];
    }

    private void Fill(bool[] active)
    {
        lock (_lock)
        {
            var missing = Schema.Where(column => active[column.Index] && _columns[column.Index] is null).ToArray();
            if (missing.Length == 0 && _ids is not null)
                return;
            using var cursor = source.Open(missing);
            var columns = missing.Select(column => (Column)Generic.Call(Make<int>, column.Type.RawType, cursor, column)).ToArray();
            var ids = new List<DataViewRowId>();
            var getId = cursor.GetIdGetter();
            while (cursor.MoveNext())
            {
                DataViewRowId id = default;
                getId(ref id);
                ids.Add(id);
                foreach (var column in columns)
                    column.Add();
            }
            for (var i = 0; i < missing.Length; i++)
                _columns[missing[i].Index] = columns[i];
            _ids ??= [.. ids];
        }
    }

    private static Column Make<TValue>(DataViewRow row, DataViewSchema.Column column) => new Column<TValue>(row, column);

    private abstract class Column
    {
        public abstract void Add();
        public abstract Delegate Getter(Func<int> row);
    }

    private sealed class Column<TValue>(DataViewRow row, DataViewSchema.Column column) : Column
    {
        private readonly List<TValue> _values = [];
        private readonly ValueGetter<TValue> _read = row.GetGetter<TValue>(column);

        public override void Add()
        {
            TValue value = default;
            _read(ref value);
            _values.Add(value);
        }

        public override Delegate Getter(Func<int> row) => column.Type is VectorDataViewType vector
            ? (Delegate)Generic.Call(Copy<int>, vector.ItemType.RawType, _values, row)
            : (ValueGetter<TValue>)((ref TValue value) => value = _values[row()]);

        private static ValueGetter<VBuffer<TItem>> Copy<TItem>(List<VBuffer<TItem>> values, Func<int> row)
            => (ref VBuffer<TItem> value) => values[row()].CopyTo(ref value);
    }

    // Cursors of one set take the next batch of rows whenever they are through with theirs.
    private sealed class Cursor(CacheView view, bool[] active, int[] order, StrongBox<long> batches) : CountingCursor(view.Schema)
    {
        private long _row = -1;
        private long _batch = -1;

        public override long Batch => _batch;

        private int Row
        {
            get
            {
                CheckAtRow();
                return order is null ? (int)_row : order[_row];
            }
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(active[column.Index], nameof(column), "requested column not active");
            return view._columns[column.Index].Getter(() => Row).Cast<TValue>();
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = view._ids[Row];

        protected override bool Advance()
        {
            _row++;
            if (_batch < 0 || _row % BatchRows == 0)
            {
                _batch = Interlocked.Increment(ref batches.Value);
                _row = _batch * BatchRows;
            }
            return _row < view._ids.Length;
        }
    }
}
