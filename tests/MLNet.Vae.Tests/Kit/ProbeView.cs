using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Kit;

/// <summary>A view that keeps a record of what is asked of it, and can be read by several cursors at once.</summary>
internal sealed class ProbeView(IDataView inner, bool knowsRowCount = true) : IDataView
{
    // Rows that stay together when a set of cursors shares them out.
    private const int BatchRows = 3;

    private int _rowsRead;
    private int _openCursors;
    private int _cursorsMade;

    public List<string[]> ColumnsAsked { get; } = [];

    public List<Random?> ShufflesAsked { get; } = [];

    /// <summary>The row at which reading fails.</summary>
    public int? FailsAt { get; init; }

    public int RowsRead => _rowsRead;

    public int OpenCursors => _openCursors;

    public int CursorsMade => _cursorsMade;

    public bool CanShuffle => inner.CanShuffle;

    public DataViewSchema Schema => inner.Schema;

    public long? GetRowCount() => knowsRowCount ? inner.GetRowCount() : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        ColumnsAsked.Add([.. columns.Select(column => column.Name)]);
        ShufflesAsked.Add(rand);
        return [.. Enumerable.Range(0, n).Select(share => new ProbeCursor(this, inner.GetRowCursor(columns, rand), share, n))];
    }

    /// <summary>Every n-th batch of the inner cursor's rows.</summary>
    private sealed class ProbeCursor : DataViewRowCursor
    {
        private readonly ProbeView _view;
        private readonly DataViewRowCursor _inner;
        private readonly int _share;
        private readonly int _shares;
        private long _position = -1;
        private bool _disposed;

        public ProbeCursor(ProbeView view, DataViewRowCursor inner, int share, int shares)
        {
            _view = view;
            _inner = inner;
            _share = share;
            _shares = shares;
            Interlocked.Increment(ref view._openCursors);
            Interlocked.Increment(ref view._cursorsMade);
        }

        public override long Position => _position;

        public override long Batch => _inner.Position / BatchRows;

        public override DataViewSchema Schema => _view.Schema;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _inner.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _inner.GetGetter<TValue>(column);

        public override bool MoveNext()
        {
            while (_inner.MoveNext())
            {
                if (Batch % _shares == _share)
                {
                    if (_inner.Position == _view.FailsAt)
                    {
                        throw new IOException("The source failed, as the test wants it.");
                    }

                    _position++;
                    Interlocked.Increment(ref _view._rowsRead);
                    return true;
                }
            }

            _position = -1;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_disposed)
            {
                _disposed = true;
                Interlocked.Decrement(ref _view._openCursors);
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
