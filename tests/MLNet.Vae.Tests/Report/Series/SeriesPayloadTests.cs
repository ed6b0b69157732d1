using System.Text.Json;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>What is written into the page is what was in the columns.</summary>
public class SeriesPayloadTests
{
    private readonly SeriesPage _page = SeriesPage.Of(PumpRows.ByHand(), PumpRows.Options);

    [Fact]
    public void Numbers_are_those_of_the_columns_and_NaN_stays_NaN()
    {
        var rows = PumpRows.ByHand().Where(row => row.Pump == "a").ToArray();
        var series = _page.Series(0);
        Assert.Equal(
            rows.Select(row => (row.Time - DateTime.UnixEpoch).TotalMilliseconds),
            SeriesPage.Unpack<double>(series.GetProperty("times"))
        );
        Assert.Equal(rows.Select(row => row.Score), SeriesPage.Unpack<float>(series.GetProperty("scores")));
        Assert.Equal(Enumerable.Range(0, 10), SeriesPage.Unpack<int>(series.GetProperty("numbers")));
        Assert.Equal(rows.Select(row => row.Readings[0]), Channel("readings", 0));
        Assert.Equal(rows.Select(row => row.Readings[1]), Channel("readings", 1));
        Assert.True(float.IsNaN(Channel("readings", 1)[6]));
        Assert.Equal(rows.Select(row => (float)row.Flow), Channel("readings", 2));
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal(rows.Select(row => row.Expected[channel]), Channel("expected", channel));
            Assert.Equal(rows.Select(row => row.ChannelScores[channel]), Channel("channelScores", channel));
        }

        // 1: flagged, which a row without a score is not; 2: a true anomaly.
        Assert.Equal(new byte[] { 0, 2, 0, 1, 3, 2, 0, 0, 1, 0 }, SeriesPage.Unpack<byte>(series.GetProperty("marks")));
    }

    [Fact]
    public void Each_key_is_a_series_and_no_name_is_HTML()
    {
        Assert.Equal(["a", PumpRows.Other], Names(_page));
        Assert.Contains("<title>Pumps &lt;b&gt;</title>", _page.Html);
        Assert.DoesNotContain("<i>", _page.Html);
        Assert.Equal(
            ["Readings[0]", "Readings[1]", "Flow"],
            _page.Data.GetProperty("channels").EnumerateArray().Select(name => name.GetString())
        );
    }

    [Fact]
    public void Rates_are_those_of_the_rows_judged_by_hand()
    {
        var counts = _page.Series(0).GetProperty("counts");
        Assert.Equal([10, 8, 3, 2, 1], Figures(counts, "rows", "judged", "flagged", "anomalies", "found"));
        Assert.Equal([1 / 3.0, 1 / 2.0, 2 / 5.0, 2 / 6.0], Figures(counts, "precision", "recall", "f1", "falseAlarmShare"));
        var other = _page.Series(1).GetProperty("counts");
        Assert.All(
            ["precision", "recall", "f1"],
            (string rate) => Assert.Equal(JsonValueKind.Null, other.GetProperty(rate).ValueKind)
        );
        Assert.Equal(0, other.GetProperty("falseAlarmShare").GetDouble());
        Assert.Equal(
            [20, 18, 3, 2, 1],
            Figures(_page.Data.GetProperty("total"), "rows", "judged", "flagged", "anomalies", "found")
        );
    }

    [Fact]
    public void Alarms_are_flagged_rows_that_follow_each_other_with_the_channels_that_gave_them_away()
    {
        var alarms = _page.Series(0).GetProperty("alarms").EnumerateArray().ToArray();
        Assert.Equal(2, alarms.Length);
        var start = (PumpRows.Start - DateTime.UnixEpoch).TotalMilliseconds;
        Assert.Equal([start + 180_000, start + 240_000, 3, 2, 4], Figures(alarms[0], "from", "to", "firstRow", "rows", "highest"));
        Assert.True(alarms[0].GetProperty("overlaps").GetBoolean());
        // [1, 2, 0] and [0, 5, −1], of which what is below 0 does not count.
        Assert.Equal([(1, 7 / 8.0), (0, 1 / 8.0)], Shares(alarms[0]));
        Assert.Equal([start + 480_000, start + 480_000, 8, 1, 8], Figures(alarms[1], "from", "to", "firstRow", "rows", "highest"));
        Assert.False(alarms[1].GetProperty("overlaps").GetBoolean());
        Assert.Equal([(0, 0.75), (2, 0.25)], Shares(alarms[1]));
        Assert.Equal(0, _page.Series(1).GetProperty("alarms").GetArrayLength());
    }

    [Fact]
    public void Without_predictions_a_row_is_flagged_above_the_threshold()
    {
        var page = SeriesPage.Of(PumpRows.ByHand(), PumpRows.Options with { PredictedLabelColumnName = null });
        // 3 is not above 3.
        Assert.Equal(2, page.Series(0).GetProperty("counts").GetProperty("flagged").GetInt32());
        var none = SeriesPage.Of(PumpRows.ByHand(), PumpRows.Options with { PredictedLabelColumnName = null, Threshold = null });
        Assert.Equal(0, none.Data.GetProperty("total").GetProperty("flagged").GetInt32());
    }

    [Fact]
    public void A_row_without_a_label_counts_neither_way()
    {
        // Of the row that was flagged and no anomaly it is not known.
        var rows = PumpRows.ByHand();
        var wrong = Array.FindIndex(rows, row => row is { PredictedLabel: true, IsBroken: 0 } && !float.IsNaN(row.Score));
        rows[wrong].IsBroken = float.NaN;
        var total = SeriesPage.Of(rows, PumpRows.Options).Data.GetProperty("total");
        var before = _page.Data.GetProperty("total");
        string[] figures = ["judged", "flagged", "anomalies", "found"];
        Assert.Equal(Figures(before, figures), Figures(total, figures));
        Assert.Equal(
            [Figures(before, "judged")[0] - 1, Figures(before, "flagged")[0] - 1],
            Figures(total, "labelled", "labelledFlagged"));
        Assert.Equal(Figures(total, "found")[0] / Figures(total, "labelledFlagged")[0], Figures(total, "precision")[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Of_more_rows_than_are_written_each_stretch_keeps_its_highest_score_and_all_are_counted(int stretch)
    {
        var rows = PumpRows.Long(2000).ToArray();
        var page = SeriesPage.Of(rows, PumpRows.Options with { MaximumRows = (2000 + stretch - 1) / stretch });
        Assert.Equal(stretch, page.Data.GetProperty("stretch").GetInt32());
        var kept = rows.Chunk(stretch)
            .Select(chunk => chunk.Any(row => !float.IsNaN(row.Score)) ? chunk.MaxBy(row => row.Score)! : chunk[0])
            .ToArray();
        var series = page.Series(0);
        Assert.Equal(kept.Select(row => row.Score), SeriesPage.Unpack<float>(series.GetProperty("scores")));
        Assert.Equal(kept.Select(row => Array.IndexOf(rows, row)), SeriesPage.Unpack<int>(series.GetProperty("numbers")));
        Assert.Equal(
            rows.Chunk(stretch).Select(chunk => (byte)(
                (chunk.Any(row => row.PredictedLabel) ? 1 : 0) | (chunk.Any(row => row.IsBroken == 1) ? 2 : 0))),
            SeriesPage.Unpack<byte>(series.GetProperty("marks"))
        );
        Assert.Equal([2000, 1940, 40, 30, 10], Figures(series.GetProperty("counts"), "rows", "judged", "flagged", "anomalies", "found"));
        Assert.Equal([20, 20], series.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("rows").GetInt32()));
    }

    [Fact]
    public void Keys_integers_and_other_times_are_read_too()
    {
        var mlContext = new MLContext(seed: 1);
        var options = new VaeSeriesReportOptions
        {
            ChannelColumnNames = ["Value"],
            ChannelScoresColumnName = null,
            PredictedLabelColumnName = null,
            LabelColumnName = "IsBroken",
            TimeColumnName = "Span",
        };
        Other[] rows =
        [
            new() { Machine = 7, Span = TimeSpan.FromSeconds(1.5), Seconds = 3, Offset = new(1970, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)) },
            new() { Machine = -2, Span = TimeSpan.FromHours(1), Seconds = 4.5f, Offset = new(1970, 1, 1, 0, 0, 1, TimeSpan.Zero) },
        ];
        var data = mlContext.Data.LoadFromEnumerable(rows);
        Assert.Equal([1.5, 3600], Times(options));
        Assert.Equal([3, 4.5], Times(options with { TimeColumnName = "Seconds" }));
        Assert.Equal([0, 1000], Times(options with { TimeColumnName = "Offset" }));
        Assert.Equal([0, 1], Times(options with { TimeColumnName = null }));
        Assert.Equal(["7", "-2"], Names(SeriesPage.Of(mlContext, data, options with { KeyColumnName = "Machine" })));

        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Key", "Pump").Fit(Pumps(mlContext)).Transform(Pumps(mlContext));
        Assert.Equal(["a", PumpRows.Other], Names(SeriesPage.Of(mlContext, keyed, PumpRows.Options with { KeyColumnName = "Key" })));

        double[] Times(VaeSeriesReportOptions asked) =>
            SeriesPage.Unpack<double>(SeriesPage.Of(mlContext, data, asked).Series(0).GetProperty("times"));
    }

    [Fact]
    public void A_vector_with_slot_names_gives_channels_of_these_names()
    {
        var mlContext = new MLContext(seed: 1);
        var named = mlContext.Transforms.Concatenate("Both", "Score", "Value").Fit(Data()).Transform(Data());
        var page = SeriesPage.Of(mlContext, named, new()
        {
            ChannelColumnNames = ["Both"],
            ChannelScoresColumnName = null,
            PredictedLabelColumnName = null,
        });
        Assert.Equal(["Score", "Value"], page.Data.GetProperty("channels").EnumerateArray().Select(name => name.GetString()));

        IDataView Data() => mlContext.Data.LoadFromEnumerable([new Other()]);
    }

    private static IDataView Pumps(MLContext mlContext) => PumpRows.View(mlContext, PumpRows.ByHand());

    private static IEnumerable<string?> Names(SeriesPage page) =>
        page.Data.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("name").GetString());

    private float[] Channel(string name, int channel) => SeriesPage.Unpack<float>(_page.Series(0).GetProperty(name)[channel]);

    private static double[] Figures(JsonElement element, params string[] names) =>
        [.. names.Select(name => element.GetProperty(name).GetDouble())];

    private static IEnumerable<(int, double)> Shares(JsonElement alarm) =>
        alarm.GetProperty("channels").EnumerateArray()
            .Select(pair => (pair.GetProperty("channel").GetInt32(), pair.GetProperty("share").GetDouble()));

    private sealed class Other
    {
        public int Machine { get; set; }

        public TimeSpan Span { get; set; }

        public float Seconds { get; set; }

        public DateTimeOffset Offset { get; set; }

        public float Score { get; set; }

        public float Value { get; set; }

        public bool IsBroken { get; set; }
    }
}
