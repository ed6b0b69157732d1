using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks;

/// <summary>Rows of an array, <c>[rows, features]</c>, as a view: as little between the numbers and the cursor as can be.</summary>
internal sealed class ArrayView : IDataView
{
    public const string Column = "Features";

    private readonly float[] _values;
    private readonly int _features;

    public ArrayView(float[] values, int features)
    {
        (_values, _features) = (values, features);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Column, new VectorDataViewType(NumberDataViewType.Single, features));
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _values.Length / _features;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, first: 0, GetRowCount()!.Value);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var rows = GetRowCount()!.Value;
        return [.. Enumerable.Range(0, n).Select(i => new Cursor(this, rows * i / n, rows * (i + 1) / n))];
    }

    /// <summary>Rows <paramref name="first"/> to before <paramref name="end"/>.</summary>
    private sealed class Cursor(ArrayView view, long first, long end) : DataViewRowCursor
    {
        private long _row = first - 1;

        public override long Position => _row - first;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext() => ++_row < end;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Features;

        private void Features(ref VBuffer<float> row)
        {
            var editor = VBufferEditor.Create(ref row, view._features);
            view._values.AsSpan((int)_row * view._features, view._features).CopyTo(editor.Values);
            row = editor.Commit();
        }
    }
}
