using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>Rows that were made up, as a table with the columns of training. Thread-safe.</summary>
internal sealed class RowsView : IDataView
{
    private readonly IExceptionContext _context;
    private readonly TableCells _cells;
    private readonly IReadOnlyList<CodedRow> _rows;

    public RowsView(IExceptionContext context, VaeTableInfo info, IReadOnlyList<CodedRow> rows)
    {
        (_context, _rows, _cells) = (context, rows, new(info));
        var builder = new DataViewSchema.Builder();
        foreach (var column in info.Modelled)
        {
            builder.AddColumn(
                column.Name,
                CellGetter.TypeOf(column),
                column.Type == CellType.Key ? OutputAnnotations.OfKeys(column.Fields[0].Categories!) : null);
        }
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly RowsView _view;
        private readonly bool[] _active;
        private readonly Delegate[] _getters;
        private long _position = -1;

        public Cursor(RowsView view, IEnumerable<DataViewSchema.Column> needed)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (var column in needed)
                _active[column.Index] = true;
            _getters =
            [
                .. view._cells.Of(() => view._rows[(int)_position]).Select((cell, i)
                    => CellGetter.Of(view.Schema[i].Type, cell, Keys(cell.Column))),
            ];
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_position + 1 >= _view._rows.Count)
            {
                _position = -1;
                return false;
            }
            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId value) => value = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw _view._context.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
            return _getters[column.Index] as ValueGetter<TValue>
                ?? throw _view._context.Process(new InvalidOperationException(
                    ScoringMessages.WrongGetterType(column.Name, $"{Schema[column.Index].Type}", typeof(TValue).Name)));
        }

        private static Dictionary<string, ulong>? Keys(VaeTableColumn column) => column.Type != CellType.Key ? null
            : column.Fields[0].Categories!.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => (ulong)pair.i + 1);
    }
}
