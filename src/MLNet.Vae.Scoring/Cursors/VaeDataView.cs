using Microsoft.ML;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>
/// The lazy result of a transformer over a source: its columns or, with <paramref name="likelihood"/>, log-likelihoods. Thread-safe.
/// </summary>
/// <param name="context">Scores.</param>
/// <param name="columns">What comes in and goes out.</param>
/// <param name="source">The rows.</param>
/// <param name="likelihood">How ln p(x) is estimated; <see langword="null"/>: the transformer's own columns are asked for.</param>
internal sealed class VaeDataView(
    ScoringContext context, BoundSchema columns, IDataView source, LikelihoodSampling? likelihood = null) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new ActiveColumns(columns, columnsNeeded);
        return Wrap(source.GetRowCursor(active.Dependencies, rand), active, new(rand is null ? null : source));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = new ActiveColumns(columns, columnsNeeded);
        var cursors = source.GetRowCursorSet(active.Dependencies, n, rand);
        var pass = new RowPass(rand is null && cursors.Length == 1 ? null : source);
        return [.. cursors.Select(cursor => Wrap(cursor, active, pass))];
    }

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, ActiveColumns active, RowPass pass)
    {
        try
        {
            return active.Added.Count == 0 ? new PassThroughCursor(active, cursor)
                : likelihood is { } sampling ? new LikelihoodCursor(context, active, cursor, pass, sampling)
                : new VaeCursor(context, active, cursor, pass, context.BlockSize(active.AddedColumns, source.GetRowCount()));
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
