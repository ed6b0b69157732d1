using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Reporting;

/// <summary>Every refusal of a report of a table: the thing, what was expected, what was found, what to do.</summary>
internal static class TableMessages
{
    private const string Options = nameof(VaeTableReportOptions);
    private const string Label = $"{Options}.{nameof(VaeTableReportOptions.LabelColumnName)}";

    public const string NoColumnNames =
        $"{Options}.{nameof(VaeTableReportOptions.ColumnNames)} must name at least 1 column, but names none. Set it to null for all "
        + "columns that the three views share.";

    public static string OutOfRange(string option, int minimum, int maximum, int found) =>
        string.Create(CultureInfo.InvariantCulture, $"{Options}.{option} must be from {minimum} to {maximum}, but is {found}.");

    public static string Missing(string option, string column, string view, DataViewSchema schema) =>
        $"{Options}.{option} names the column \"{column}\", which is missing in the {view} rows; they have {Names(schema)}. "
        + "Name a column that all three views have.";

    public static string OtherType(string column, string view, DataViewType expected, DataViewType found) =>
        $"Column \"{column}\" must be of one type in all three views; it is {expected} in the real rows and {found} in the {view} rows. "
        + $"Convert one of them, or name the columns to compare in {Options}.{nameof(VaeTableReportOptions.ColumnNames)}.";

    public static string NotComparable(string option, string column, DataViewType found) =>
        $"{Options}.{option}: column \"{column}\" must be text, a key, a Boolean or a number; it is {found}. "
        + (found is VectorDataViewType ? "Give each slot as a column of its own, or leave it out." : "Convert it, or leave it out.");

    public static string NoColumns(DataViewSchema real, DataViewSchema heldOut, DataViewSchema synthetic) =>
        "The three views share no column of text, keys, Booleans or numbers: the real rows have "
        + $"{Names(real)}, the held-out rows {Names(heldOut)}, the synthetic rows {Names(synthetic)}. Give them columns of the same names.";

    public static string NotALabel(string column, DataViewType found) =>
        $"{Label}: column \"{column}\" must be a Boolean, text or a key; it is {found}. Convert it "
        + "(mlContext.Transforms.Conversion.MapValueToKey), or set the option to null.";

    public static string OneClass(string column, string view, string found) =>
        $"{Label}: column \"{column}\" must have at least 2 classes in each view; all {view} rows that have a label are \"{found}\". "
        + "Give rows of another class too, or set the option to null.";

    public static string NoClass(string column, string view) =>
        $"{Label}: column \"{column}\" must have at least 2 classes in each view; none of the {view} rows has a label. "
        + "Give rows that have one, or set the option to null.";

    public static string TooManyClasses(string column, int found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Label}: column \"{column}\" must have 2 to {VaeTableReportOptions.MaximumClasses} classes; the real rows have {found}. "
        )
        + "Name another column, or set the option to null.";

    public static string NoRows(string view) =>
        $"There are no {view} rows: expected at least 1, found 0. Give data that has rows.";

    public static string Infinite(string column, string view, long row, double found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Column \"{column}\" must hold finite numbers, or NaN for a missing one; in row {row} of the {view} rows it is {found}. "
        )
        + "Replace such values before, or leave the column out.";

    public static string SetAside(string column, DataViewType type) =>
        $"\"{column}\" is {type}: not text, a key, a Boolean or a number.";

    public static string NotShared(string column, IEnumerable<string> views) =>
        $"\"{column}\" is in the {string.Join(" and the ", views)} rows alone.";

    private static string Names(DataViewSchema schema) =>
        ScoringMessages.List(schema.Where(column => !column.IsHidden).Select(column => column.Name));
}
