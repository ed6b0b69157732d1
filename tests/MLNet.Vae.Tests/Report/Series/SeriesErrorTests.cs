using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>The exact text of each refusal.</summary>
public class SeriesErrorTests
{
    private const string Has =
        "the data has \"Time\", \"Pump\", \"Readings\", \"Flow\", \"Expected\", \"Score\", \"ChannelScores\", \"PredictedLabel\" and "
        + "\"IsBroken\".";

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Columns_that_are_missing_come_in_one_message() => Assert.Equal(
        "The report cannot be made, 4 faults:\n"
        + $"- VaeSeriesReportOptions.TimeColumnName names the column \"When\", which is missing; {Has} Name one of them, or set the option "
        + "to null.\n"
        + $"- VaeSeriesReportOptions.ChannelColumnNames names the column \"Heat\", which is missing; {Has} Name one of them.\n"
        + $"- VaeSeriesReportOptions.ScoreColumnName names the column \"Scores\", which is missing; {Has} Name one of them.\n"
        + $"- VaeSeriesReportOptions.PredictedLabelColumnName names the column \"Alarm\", which is missing; {Has} Name one of them, or set "
        + "the option to null.",
        Refused<InvalidOperationException>(PumpRows.Options with
        {
            TimeColumnName = "When",
            ChannelColumnNames = ["Heat", "Flow"],
            ScoreColumnName = "Scores",
            PredictedLabelColumnName = "Alarm",
        }));

    [Fact]
    public void Columns_of_another_type_come_in_one_message() => Assert.Equal(
        "The report cannot be made, 7 faults:\n"
        + "- VaeSeriesReportOptions.TimeColumnName: column \"Pump\" must be a DateTime, a DateTimeOffset, a TimeSpan or a number of "
        + "seconds; it is String. Convert it, or set the option to null to count rows.\n"
        + "- VaeSeriesReportOptions.KeyColumnName: column \"Flow\" must be text, a key or an integer; it is Double. Convert it, or set the "
        + "option to null for one series.\n"
        + "- VaeSeriesReportOptions.ScoreColumnName: column \"Flow\" must be Single; it is Double. Name the score that the model gives.\n"
        + "- VaeSeriesReportOptions.ChannelScoresColumnName: column \"ChannelScores\" must be Vector<Single, 2>, a value for each channel; "
        + "it is Vector<Single, 3>. Name such a column, or set the option to null.\n"
        + "- VaeSeriesReportOptions.PredictedLabelColumnName: column \"IsBroken\" must be Boolean, true for an anomaly; it is Single. "
        + "Convert it, or set the option to null to compare the score with the threshold.\n"
        + "- VaeSeriesReportOptions.ExpectedColumnName: column \"Flow\" must be Vector<Single, 2>, a value for each channel; it is Double. "
        + "Name such a column, or set the option to null.\n"
        + "- VaeSeriesReportOptions.LabelColumnName: column \"Pump\" must be a Boolean, true for an anomaly, or a number, 1 for an "
        + "anomaly and 0 for none; it is String. Convert it, or set the option to null.",
        Refused<InvalidOperationException>(PumpRows.Options with
        {
            TimeColumnName = "Pump",
            KeyColumnName = "Flow",
            ChannelColumnNames = ["Readings"],
            ScoreColumnName = "Flow",
            PredictedLabelColumnName = "IsBroken",
            ExpectedColumnName = "Flow",
            LabelColumnName = "Pump",
        }));

    [Fact]
    public void A_channel_is_a_number() => Assert.Equal(
        "The report cannot be made: VaeSeriesReportOptions.ChannelColumnNames: column \"Pump\" must be a number, or a vector of Single or "
        + "Double of known size; it is String. Convert it, or leave it out.",
        Refused<InvalidOperationException>(PumpRows.Options with { ChannelColumnNames = ["Readings", "Flow", "Pump"] }));

    [Fact]
    public void Options_out_of_range_come_in_one_message() => Assert.Equal(
        "The report cannot be made, 3 faults:\n"
        + "- VaeSeriesReportOptions.ChannelColumnNames must name at least 1 column of readings, but names none.\n"
        + "- VaeSeriesReportOptions.Threshold must be a finite number, but is NaN. Set it to null for no line.\n"
        + "- VaeSeriesReportOptions.MaximumRows must be from 1 to 1000000, but is 0.",
        Refused<ArgumentException>(PumpRows.Options with { ChannelColumnNames = default, Threshold = double.NaN, MaximumRows = 0 }));

    [Fact]
    public void There_are_not_too_many_channels() => Assert.Equal(
        "The report cannot be made: VaeSeriesReportOptions.ChannelColumnNames: at most 64 channels can be shown, and the columns hold 66. "
        + "Name fewer.",
        Refused<InvalidOperationException>(PumpRows.Options with
        {
            ChannelColumnNames = [.. Enumerable.Repeat("Readings", 33)],
            ChannelScoresColumnName = null,
            ExpectedColumnName = null,
        }));

    [Fact]
    public void There_must_be_rows() => Assert.Equal(
        "There are no rows to report on: expected at least 1, found 0. Give data that has rows.",
        Refused<InvalidOperationException>(PumpRows.Options, []));

    [Fact]
    public void Time_must_not_go_back_within_a_series()
    {
        var rows = PumpRows.ByHand();
        rows[6].Time = PumpRows.Start;
        Assert.Equal(
            "The time in column \"Time\" must not go back within a series, but in row 6, series \"a\", it is before that of the row that "
            + "came last. Give the rows in the order of time.",
            Refused<InvalidOperationException>(PumpRows.Options, rows));
        Assert.Equal(
            "The time in column \"Time\" must not go back within a series, but in row 3 it is before that of the row that came last. Give "
            + "the rows in the order of time, or name the column of the series in VaeSeriesReportOptions.KeyColumnName.",
            Refused<InvalidOperationException>(PumpRows.Options with { KeyColumnName = null }));
    }

    [Fact]
    public void A_time_and_a_label_are_numbers()
    {
        var rows = PumpRows.ByHand();
        rows[2].Flow = double.NaN;
        Assert.Equal(
            "The time in column \"Flow\" must be a finite number of seconds; in row 2 it is NaN. Leave such rows out before "
            + "(mlContext.Data.FilterRowsByMissingValues).",
            Refused<InvalidOperationException>(PumpRows.Options with { TimeColumnName = "Flow" }, rows));
        rows[4].IsBroken = 0.5f;
        Assert.Equal(
            "The label in column \"IsBroken\" must be 0 or 1, 1 for an anomaly, or NaN where it is not known; in row 4 it is 0.5. Replace "
            + "such values before, or set VaeSeriesReportOptions.LabelColumnName to null.",
            Refused<InvalidOperationException>(PumpRows.Options, rows));
    }

    private string Refused<T>(VaeSeriesReportOptions options, PumpRow[]? rows = null) where T : Exception
    {
        using var folder = new TemporaryDirectory();
        var error = Assert.Throws<T>(() =>
            VaeSeriesReport.Write(_mlContext, PumpRows.View(_mlContext, rows ?? PumpRows.ByHand()), folder.File("series.html"), options));
        Assert.True(error.Data.Contains(Refusal.Mark));
        Assert.Empty(Directory.GetFiles(folder.Path));
        return error.Message;
    }
}
