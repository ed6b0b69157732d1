using System.Collections.Immutable;
using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>What a <see cref="VaeSeriesReport"/> shows of a scored series.</summary>
public sealed record VaeSeriesReportOptions
{
    /// <summary>Most rows written into the page where nothing is said.</summary>
    public const int DefaultMaximumRows = 200_000;

    /// <summary>Highest <see cref="MaximumRows"/> allowed.</summary>
    public const int HighestMaximumRows = 1_000_000;

    /// <summary>Most channels: each is a chart.</summary>
    public const int MaximumChannels = 64;

    /// <summary>The heading.</summary>
    /// <value>Default: "Scored series".</value>
    public string Title { get; init; } = "Scored series";

    /// <summary>
    /// When a row was read: a <c>DateTime</c>, a <c>DateTimeOffset</c> (shown in UTC), a <c>TimeSpan</c>, or a number of seconds. It must
    /// not go back within a series.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the number of the row within its series, from 0.</value>
    public string? TimeColumnName { get; init; }

    /// <summary>Text, a key or an integer: one series for each value, to be chosen in the page.</summary>
    /// <value>Default: <see langword="null"/>, all rows are one series.</value>
    public string? KeyColumnName { get; init; }

    /// <summary>
    /// What was read: scalar columns of numbers, and vectors of <c>Single</c> or <c>Double</c> of known size, of which each slot is a
    /// channel under its slot name. 1 to 64 channels. NaN leaves a gap.
    /// </summary>
    /// <value>Default: none; at least one is needed.</value>
    public ImmutableArray<string> ChannelColumnNames { get; init; } = [];

    /// <summary>A <c>Single</c>, the higher the more anomalous; NaN: not judged yet.</summary>
    /// <value>Default: "Score".</value>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// What each channel has in the score: <c>Vector&lt;Single&gt;</c> <c>[channels]</c>, in the order of the channels. A channel's share
    /// is its part of the sum; parts below 0 count as 0.
    /// </summary>
    /// <value>Default: "ChannelScores"; <see langword="null"/>: none.</value>
    public string? ChannelScoresColumnName { get; init; } = "ChannelScores";

    /// <summary>A <c>Boolean</c>, true where an anomaly is predicted. Of a row that is not judged yet it is not looked at.</summary>
    /// <value>
    /// Default: "PredictedLabel"; <see langword="null"/>: the rows whose score is above <see cref="Threshold"/>, and none without it.
    /// </value>
    public string? PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// What the model expected, in the units of the channels: <c>Vector&lt;Single&gt;</c> <c>[channels]</c>, in the order of the channels.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public string? ExpectedColumnName { get; init; }

    /// <summary>
    /// True anomalies: a <c>Boolean</c>, true for one, or a number, 1 for one and 0 for none. A row with NaN has no label, and counts
    /// neither for precision and recall nor against them.
    /// </summary>
    /// <value>Default: <see langword="null"/>, not known.</value>
    public string? LabelColumnName { get; init; }

    /// <summary>A line in the chart of the score, in its units.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public double? Threshold { get; init; }

    /// <summary>
    /// Most rows written into the page, 1 to 1,000,000, and one more for each series. Of more rows each series is cut into stretches of
    /// equal length, and of each the row with the highest score is written; the page says so. Alarms and counts are of all rows.
    /// </summary>
    /// <value>Default: 200,000.</value>
    public int MaximumRows { get; init; } = DefaultMaximumRows;

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (ChannelColumnNames.IsDefaultOrEmpty)
            yield return SeriesMessages.NoChannels;
        if (Threshold is { } threshold && !double.IsFinite(threshold))
            yield return SeriesMessages.ThresholdNotFinite(threshold);
        if (MaximumRows is < 1 or > HighestMaximumRows)
            yield return SeriesMessages.OutOfRange(nameof(MaximumRows), 1, HighestMaximumRows, MaximumRows);
    }
}
