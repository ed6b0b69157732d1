using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Data;

/// <summary>A features column whose rows may differ from pass to pass, as no well-behaved source's do.</summary>
/// <param name="features">Width of the column's type.</param>
/// <param name="rows">Rows of each pass, counted from 1.</param>
internal sealed class PassView(int features, Func<int, IEnumerable<float[]>> rows) : IDataView
{
    private int _passes;

    /// <summary>Cursors made so far.</summary>
    public int Passes => _passes;

    /// <summary>Cursors not yet disposed.</summary>
    public int OpenCursors { get; private set; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = CreateSchema(features);

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(this, rows(++_passes).GetEnumerator());

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema CreateSchema(int features)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, features));
        return builder.ToSchema();
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly PassView _view;
        private readonly IEnumerator<float[]> _rows;
        private long _position = -1;
        private bool _disposed;

        public Cursor(PassView view, IEnumerator<float[]> rows)
        {
            (_view, _rows) = (view, rows);
            view.OpenCursors++;
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) => value = new(_rows.Current.Length, _rows.Current);
            return (ValueGetter<TValue>)(Delegate)getter;
        }

        public override bool MoveNext()
        {
            var more = _rows.MoveNext();
            _position = more ? _position + 1 : -1;
            return more;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_disposed)
            {
                _disposed = true;
                _view.OpenCursors--;
                _rows.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
