using Microsoft.ML;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>
/// Pumps "a" and "b&lt;i&gt;", row about row. Of "a", by hand: 10 rows, of which 0 and 1 are not judged (though row 1 is flagged), 3, 4 and
/// 8 are flagged, and 4, 5 and 1 are true anomalies. So 8 are judged, 3 flagged, 2 anomalous and 1 found.
/// </summary>
internal static class PumpRows
{
    public const string Other = "b</script><i>";

    public static readonly DateTime Start = new(2024, 3, 1, 8, 0, 0, DateTimeKind.Unspecified);

    public static VaeSeriesReportOptions Options { get; } = new()
    {
        Title = "Pumps <b>",
        TimeColumnName = "Time",
        KeyColumnName = "Pump",
        ChannelColumnNames = ["Readings", "Flow"],
        ExpectedColumnName = "Expected",
        LabelColumnName = "IsBroken",
        Threshold = 3,
    };

    public static PumpRow[] ByHand()
    {
        var rows = new List<PumpRow>();
        for (var i = 0; i < 10; i++)
        {
            rows.Add(new()
            {
                Time = Start.AddMinutes(i),
                Readings = [i, i == 6 ? float.NaN : 10 - i],
                Flow = 0.5 * i,
                Expected = [i, 1, 2],
                Score = i < 2 ? float.NaN : i is 3 or 4 or 8 ? i : 1,
                ChannelScores = i switch
                {
                    3 => [1, 2, 0],
                    4 => [0, 5, -1],
                    8 => [6, 0, 2],
                    _ => [0.5f, 0.5f, 0],
                },
                PredictedLabel = i is 1 or 3 or 4 or 8,
                IsBroken = i is 1 or 4 or 5 ? 1 : 0,
            });
            rows.Add(new() { Pump = Other, Time = Start.AddSeconds(i), Score = 0.5f });
        }

        return [.. rows];
    }

    /// <summary>One pump for so many minutes; every 1,000th row begins an alarm of 20 rows, and every second of these is true.</summary>
    public static IEnumerable<PumpRow> Long(int count)
    {
        var random = new Random(5);
        for (var i = 0; i < count; i++)
        {
            var isAlarm = i % 1000 is >= 500 and < 520;
            float wave = MathF.Sin(i / 90f), noise = (float)random.NextDouble();
            yield return new()
            {
                Time = Start.AddMinutes(i),
                Readings = [wave + (0.1f * noise) + (isAlarm ? 1 : 0), 20 + (2 * noise)],
                Flow = 3 + (0.3 * wave),
                Expected = [wave, 21, 3 + (0.3f * wave)],
                Score = i < 60 ? float.NaN : isAlarm ? 8 + noise : noise,
                ChannelScores = isAlarm ? [6, 1, 1] : [0.3f, 0.3f, 0.3f],
                PredictedLabel = isAlarm,
                IsBroken = i % 2000 is >= 510 and < 540 ? 1 : 0,
            };
        }
    }

    public static IDataView View(MLContext mlContext, IEnumerable<PumpRow> rows) => mlContext.Data.LoadFromEnumerable(rows);
}
