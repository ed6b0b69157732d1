using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks;

/// <summary>
/// Rows of an array, <c>[rows, features]</c>, as a view, over and over where more are asked for: as little between the numbers and the
/// cursor as can be.
/// </summary>
internal sealed class ArrayView : IDataView
{
    public const string Column = "Features";

    private readonly float[] _values;
    private readonly int _features;
    private readonly int _distinct;
    private readonly long _rows;

    public ArrayView(float[] values, int features, long? rows = null)
    {
        (_values, _features, _distinct) = (values, features, values.Length / features);
        _rows = rows ?? _distinct;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Column, new VectorDataViewType(NumberDataViewType.Single, features));
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, first: 0, _rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [.. Enumerable.Range(0, n).Select(i => new Cursor(this, _rows * i / n, _rows * (i + 1) / n))];

    /// <summary>Rows <paramref name="first"/> to before <paramref name="end"/>.</summary>
    private sealed class Cursor(ArrayView view, long first, long end) : DataViewRowCursor
    {
        private long _row = first - 1;
        private int _at = (int)(first % view._distinct) - 1;

        public override long Position => _row - first;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            _at = _at + 1 == view._distinct ? 0 : _at + 1;
            return ++_row < end;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Features;

        private void Features(ref VBuffer<float> row)
        {
            var editor = VBufferEditor.Create(ref row, view._features);
            view._values.AsSpan(_at * view._features, view._features).CopyTo(editor.Values);
            row = editor.Commit();
        }
    }
}
