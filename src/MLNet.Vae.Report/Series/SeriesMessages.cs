using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Reporting;

/// <summary>Every refusal of a report of a series: the thing, what was expected, what was found, what to do.</summary>
internal static class SeriesMessages
{
    private const string Options = nameof(VaeSeriesReportOptions);

    public const string NoChannels =
        $"{Options}.{nameof(VaeSeriesReportOptions.ChannelColumnNames)} must name at least 1 column of readings, but names none.";

    public static string ThresholdNotFinite(double found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Options}.{nameof(VaeSeriesReportOptions.Threshold)} must be a finite number, but is {found}. Set it to null for no line."
        );

    public static string OutOfRange(string option, int minimum, int maximum, int found) =>
        string.Create(CultureInfo.InvariantCulture, $"{Options}.{option} must be from {minimum} to {maximum}, but is {found}.");

    public static string Missing(string option, string column, DataViewSchema schema, bool isOptional) =>
        $"{Options}.{option} names the column \"{column}\", which is missing; the data has "
        + $"{ScoringMessages.List(schema.Where(found => !found.IsHidden).Select(found => found.Name))}. "
        + (isOptional ? "Name one of them, or set the option to null." : "Name one of them.");

    public static string OtherType(string option, string column, string expected, DataViewType found, string remedy) =>
        $"{Options}.{option}: column \"{column}\" must be {expected}; it is {found}. {remedy}";

    public static string TooManyChannels(int found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Options}.{nameof(VaeSeriesReportOptions.ChannelColumnNames)}: at most {VaeSeriesReportOptions.MaximumChannels} channels can "
            + $"be shown, and the columns hold {found}. Name fewer."
        );

    public const string NoRows = "There are no rows to report on: expected at least 1, found 0. Give data that has rows.";

    public static string NoTime(string column, long row, double found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The time in column \"{column}\" must be a finite number of seconds; in row {row} it is {found}. "
        )
        + "Leave such rows out before (mlContext.Data.FilterRowsByMissingValues).";

    public static string TimeGoesBack(string column, long row, string? series) =>
        string.Create(CultureInfo.InvariantCulture, $"The time in column \"{column}\" must not go back within a series, but in row {row}")
        + (series is null ? "" : $", series \"{series}\",")
        + " it is before that of the row that came last. Give the rows in the order of time"
        + (series is null ? $", or name the column of the series in {Options}.{nameof(VaeSeriesReportOptions.KeyColumnName)}." : ".");
}
