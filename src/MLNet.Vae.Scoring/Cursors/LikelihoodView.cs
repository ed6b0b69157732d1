using Microsoft.ML;

namespace MLNet.Vae.Cursors;

/// <summary>The lazy result of <see cref="VaeTransformer.LogLikelihood"/> over a source. Thread-safe.</summary>
internal sealed class LikelihoodView(ScoringContext context, BoundSchema columns, IDataView source, int samples, int seed) : IDataView
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
        if (columns.ActiveAdded(active).Count == 0)
        {
            return new PassThroughCursor(context.Host, columns, cursor, active);
        }

        try
        {
            return new LikelihoodCursor(context, columns, cursor, active, samples, seed);
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
