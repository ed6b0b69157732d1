using Microsoft.ML;

namespace MLNet.Vae.Cursors;

/// <summary>The lazy result of a transformer over a source. Thread-safe.</summary>
internal sealed class VaeDataView(ScoringContext context, BoundSchema columns, IDataView source) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = columns.Activate(columnsNeeded);
        return Wrap(source.GetRowCursor(columns.Dependencies(active), rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = columns.Activate(columnsNeeded);
        return [.. source.GetRowCursorSet(columns.Dependencies(active), n, rand).Select(cursor => Wrap(cursor, active))];
    }

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, bool[] active)
    {
        var added = columns.ActiveAdded(active).Select(index => columns.Added[index]).ToArray();
        if (added.Length == 0)
        {
            return new PassThroughCursor(context.Host, columns, cursor, active);
        }

        try
        {
            return new VaeCursor(context, columns, cursor, active, context.BlockSize(added, source.GetRowCount()));
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
