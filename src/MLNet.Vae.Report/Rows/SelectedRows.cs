using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>Some rows of a view, in their order: what is passed over is never scored.</summary>
internal sealed class SelectedRows(IDataView source, RowSelection selection) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => selection.Numbers.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), selection.Numbers);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor inner, long[] numbers) : DataViewRowCursor
    {
        private int _selected = -1;

        /// <summary>That of the data, so that a message about a row names it by its number there.</summary>
        public override long Position => inner.Position;

        public override long Batch => 0;

        public override DataViewSchema Schema => inner.Schema;

        public override bool MoveNext()
        {
            while (_selected + 1 < numbers.Length && inner.MoveNext())
            {
                if (inner.Position == numbers[_selected + 1])
                {
                    _selected++;
                    return true;
                }
            }

            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
