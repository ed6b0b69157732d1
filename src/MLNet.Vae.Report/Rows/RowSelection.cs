using Microsoft.ML;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Reporting;

/// <summary>Which rows of the data are read.</summary>
/// <param name="Total">Rows of the data.</param>
/// <param name="Numbers">Those that are read, counted from 0, ascending.</param>
internal sealed record RowSelection(long Total, long[] Numbers)
{
    public bool IsSample => Numbers.Length < Total;

    /// <summary>
    /// All rows, or one drawn from each of <paramref name="limit"/> stretches of equal length: even, and blind to a period in the data.
    /// </summary>
    public static RowSelection Of(IDataView data, int limit, int seed) => Of(data.GetRowCount() ?? Count(data), limit, seed);

    public static RowSelection Of(long total, int limit, int seed)
    {
        var count = (int)Math.Min(total, limit);
        var numbers = new long[count];
        for (var stretch = 0; stretch < count; stretch++)
        {
            var start = Boundary(stretch);
            numbers[stretch] =
                start
                + (long)(
                    SplitMix64.Mixed(((ulong)(uint)seed << 32) + (ulong)stretch + SplitMix64.Step) % (ulong)(Boundary(stretch + 1) - start)
                );
        }

        return new(total, numbers);

        long Boundary(int stretch) => (long)((Int128)stretch * total / count);
    }

    // A pass without columns: only where the data does not know.
    private static long Count(IDataView data)
    {
        var count = 0L;
        using var cursor = data.GetRowCursor([]);
        while (cursor.MoveNext())
            count++;
        return count;
    }
}
