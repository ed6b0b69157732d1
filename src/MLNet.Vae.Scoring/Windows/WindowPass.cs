using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Windows;

/// <summary>The windows of a series in passes over its readings: counted, one after the other, and as a view.</summary>
/// <param name="host">Marks exceptions.</param>
/// <param name="source">Readings in the order of time.</param>
/// <param name="columns">Where they are.</param>
/// <param name="options">What a window is.</param>
internal sealed class WindowPass(IHost host, IDataView source, ReadingColumns columns, VaeWindowOptions options)
{
    /// <summary>Readings that end a window, with it as a column.</summary>
    /// <param name="name">Of the column.</param>
    public IDataView View(string name)
        => new WindowRows(host, source, columns, options, WindowRows.SchemaOf(source.Schema, columns, options, name));

    /// <summary>Counts them, for a training.</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two, or a reading has a value that is missing.</exception>
    public long Count()
    {
        var (readings, windows) = (0L, 0L);
        using var cursor = Cursor();
        var reader = new WindowReader(host, cursor, columns, options);
        while (cursor.MoveNext())
        {
            if (reader.Take())
                windows++;
            if (FiniteValues.IndexOfFirstOther(reader.Reading) is >= 0 and var channel)
                throw NotFinite(channel, readings, reader.Reading[channel]);
            readings++;
        }
        return windows >= 2 ? windows : throw host.Process(new InvalidOperationException(FormattableString.Invariant(
            $"{readings} readings of {string.Join(", ", options.Columns)} have {windows} windows of {options.Steps}: expected at least 2. ")
            + "Give more readings, fewer steps, or a longer maximum gap."));
    }

    /// <summary>The windows, and a number for the series that each is of; the memory of one is reused by the next.</summary>
    public IEnumerable<(long Series, float[] Window)> Read()
    {
        using var cursor = Cursor();
        var reader = new WindowReader(host, cursor, columns, options);
        var series = new Dictionary<string, long>(StringComparer.Ordinal);
        while (cursor.MoveNext())
        {
            if (reader.Take())
                yield return (Number(reader, series), reader.Window);
        }
    }

    private DataViewRowCursor Cursor()
        => source.GetRowCursor([.. columns.Indices.Distinct().Select(index => source.Schema[index])]);

    private InvalidOperationException NotFinite(int channel, long row, float found) => host.Process(new InvalidOperationException(
        FormattableString.Invariant($"Channel '{columns.Names[channel]}' is {found} in row {row} (rows count from 0): expected a finite ")
        + "number in training. Fill it in (mlContext.Transforms.ReplaceMissingValues), or leave such rows out."));

    private static long Number(WindowReader reader, Dictionary<string, long> series)
    {
        var lookup = series.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = reader.Key();
        if (lookup.TryGetValue(key, out var number))
            return number;
        return lookup[key] = series.Count;
    }
}
