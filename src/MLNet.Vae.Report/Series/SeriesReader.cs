using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>Reads all rows once, in their order, each into its series.</summary>
internal static class SeriesReader
{
    private const string LabelOption = $"{nameof(VaeSeriesReportOptions)}.{nameof(VaeSeriesReportOptions.LabelColumnName)}";

    /// <summary>The series, in the order in which they first come.</summary>
    public static IReadOnlyList<SeriesTrack> Read(IDataView data, SeriesColumns columns, VaeSeriesReportOptions options)
    {
        var stretch = Stretch(data.GetRowCount() ?? Count(data), options.MaximumRows);
        var channels = columns.Channels.Count;
        var tracks = new List<SeriesTrack>();
        var byName = new Dictionary<string, SeriesTrack>();
        using var cursor = data.GetRowCursor(columns.Needed);
        var time = columns.Time is { } timeColumn ? SeriesGetters.Time(cursor, timeColumn) : null;
        var key = columns.Key is { } keyColumn ? SeriesGetters.Key(cursor, keyColumn) : null;
        var score = SeriesGetters.Value<float>(cursor, columns.Score!.Value);
        var predicted = columns.Predicted is { } predictedColumn ? SeriesGetters.Value<bool>(cursor, predictedColumn) : null;
        var label = columns.Label is { } labelColumn ? new AnomalyLabel(cursor, labelColumn, LabelOption) : null;
        var expected = VectorColumn<float>.Of(cursor, columns.Expected?.Name);
        var parts = VectorColumn<float>.Of(cursor, columns.ChannelScores?.Name);
        var readings = new SeriesReadings(cursor, columns.Channels);
        var row = new SeriesRow(channels);
        for (var at = 0L; cursor.MoveNext(); at++)
        {
            var name = key?.Invoke();
            if (!byName.TryGetValue(name ?? "", out var track))
            {
                byName.Add(name ?? "", track = new(name, channels, stretch));
                tracks.Add(track);
            }

            row.Number = track.Counts.Rows;
            row.Time = time?.Invoke() ?? row.Number;
            if (!double.IsFinite(row.Time))
                throw new InvalidOperationException(SeriesMessages.NoTime(options.TimeColumnName!, at, row.Time));
            if (row.Time < track.LastTime)
                throw new InvalidOperationException(SeriesMessages.TimeGoesBack(options.TimeColumnName!, at, name));
            row.Score = score();
            row.IsFlagged = row.IsJudged && (predicted?.Invoke() ?? (row.Score > options.Threshold));
            var known = label?.Read(at);
            (row.IsLabelled, row.IsAnomaly) = (known is not null, known is true);
            readings.Read(row.Readings);
            Take(expected, row.Expected);
            Take(parts, row.ChannelScores);
            track.Add(row);
        }

        if (tracks.Count == 0)
            throw new InvalidOperationException(SeriesMessages.NoRows);
        tracks.ForEach(track => track.Finish());
        return tracks;
    }

    /// <summary>Rows of which one is kept.</summary>
    public static int Stretch(long rows, int maximum) => (int)Math.Max(1, (rows + maximum - 1) / maximum);

    private static void Take(VectorColumn<float>? column, float[] into)
    {
        if (column is null)
            return;
        column.Read();
        column.Values.CopyTo(into, 0);
    }

    private static long Count(IDataView data)
    {
        using var cursor = data.GetRowCursor([]);
        var rows = 0L;
        while (cursor.MoveNext())
            rows++;
        return rows;
    }
}
