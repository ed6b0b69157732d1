using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>What the page of a series draws, as JSON. Page/src/series reads it.</summary>
internal static class SeriesPayload
{
    // Beyond these a cell of the table of alarms is no help.
    private const int TopChannels = 5;

    public static string ToJson(SeriesColumns columns, IReadOnlyList<SeriesTrack> tracks, VaeSeriesReportOptions options)
    {
        var total = SeriesCounts.Sum(tracks.Select(track => track.Counts));
        return PageJson.Of(
            new
            {
                options.Title,
                TimeKind = columns.Time?.Type switch
                {
                    null => "row",
                    DateTimeDataViewType => "date",
                    DateTimeOffsetDataViewType => "utc",
                    TimeSpanDataViewType => "span",
                    _ => "seconds",
                },
                TimeName = columns.Time?.Name ?? "row",
                KeyName = columns.Key?.Name,
                Channels = columns.Channels.Select(channel => channel.Name),
                ScoreName = options.ScoreColumnName,
                options.Threshold,
                IsLabelled = columns.Label is not null,
                Stretch = SeriesReader.Stretch(total.Rows, options.MaximumRows),
                Total = total,
                Series = tracks.Select(track => Series(columns, track)),
            }
        );
    }

    private static object Series(SeriesColumns columns, SeriesTrack track)
    {
        Packed?[]? Channels(List<float> values, bool isThere) =>
            isThere ? [.. columns.Channels.Select((_, channel) => Packed.Of(track.Column(values, channel)))] : null;
        return new
        {
            track.Name,
            track.Counts,
            Numbers = Packed.Of(track.Numbers.ToArray()),
            Times = Packed.Of(track.Times.ToArray()),
            Scores = Packed.Of(track.Scores.ToArray()),
            Marks = Packed.Of(track.Marks.ToArray()),
            Readings = Channels(track.Readings, true),
            Expected = Channels(track.Expected, columns.Expected is not null),
            ChannelScores = Channels(track.ChannelScores, columns.ChannelScores is not null),
            Alarms = track.Alarms.Select(alarm => Alarm(alarm, columns.Label is not null)),
        };
    }

    private static object Alarm(SeriesAlarm alarm, bool isLabelled)
    {
        var shares = alarm.Shares().ToList();
        return new
        {
            alarm.From,
            alarm.To,
            alarm.FirstRow,
            alarm.Rows,
            alarm.Highest,
            Overlaps = isLabelled ? alarm.Overlaps : (bool?)null,
            Channels = shares.Take(TopChannels).Select(pair => new { pair.Channel, pair.Share }),
            Others = shares.Skip(TopChannels).Sum(pair => pair.Share),
        };
    }
}
