using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Passes over a vector column.</summary>
internal static class Rows
{
    /// <summary>Reads the column of every row, in this thread.</summary>
    /// <param name="view">To read.</param>
    /// <param name="name">Of the column.</param>
    /// <param name="expected">Rows; another number throws.</param>
    public static long Read(IDataView view, string name, long expected)
    {
        var column = view.Schema[name];
        using var cursor = view.GetRowCursor([column]);
        return Counted(Read(cursor, column), expected);
    }

    /// <summary>Reads the column of every row in as many threads as the view gives cursors.</summary>
    public static long ReadInParallel(IDataView view, string name, int threads, long expected)
    {
        var column = view.Schema[name];
        var cursors = view.GetRowCursorSet([column], threads);
        var rows = cursors.AsParallel().WithDegreeOfParallelism(Math.Max(1, cursors.Length)).Sum(cursor =>
        {
            using (cursor)
                return Read(cursor, column);
        });
        return Counted(rows, expected);
    }

    private static long Counted(long rows, long expected)
        => rows == expected ? rows : throw new InvalidOperationException($"{rows} rows were read instead of {expected}.");

    private static long Read(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        var rows = 0L;
        while (cursor.MoveNext())
        {
            getter(ref row);
            rows++;
        }
        return rows;
    }
}
