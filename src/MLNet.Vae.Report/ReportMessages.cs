using MLNet.Vae.Messages;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>Every refusal of a report: the thing, what was expected, what was found, what to do.</summary>
internal static class ReportMessages
{
    public static string Faults(IReadOnlyList<string> faults)
        => faults.Count == 1
            ? $"The report cannot be made: {faults[0]}"
            : $"The report cannot be made, {Count(faults.Count)} faults:{string.Concat(faults.Select(fault => $"\n- {fault}"))}";

    public static string OutOfRange(string option, int minimum, int maximum, int found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(VaeReportOptions)}.{option} must be from {minimum} to {maximum}, but is {found}."
        );

    public static string MissingColumn(string option, string column, DataViewSchema schema)
        => $"{nameof(VaeReportOptions)}.{option} names the column \"{column}\", which is missing; the data has "
            + $"{ScoringMessages.List(schema.Where(found => !found.IsHidden).Select(found => found.Name))}. Name one of them.";

    public static string NotALabel(string column, DataViewType type) =>
        $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.LabelColumnName)}: column \"{column}\" must be {AnomalyLabel.Expected}; "
        + $"it is {type}. Make one of it with mlContext.Transforms.Conversion.MapValue(...).";

    public static string NoLabelValue(string option, string column, long row, double found) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The label in column \"{column}\" must be 0 or 1, 1 for an anomaly, or NaN where it is not known; in row {row} it is {found}. "
        )
        + $"Replace such values before, or set {option} to null.";

    public static string LabelWithoutScore(string column) =>
        $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.LabelColumnName)} names \"{column}\", but the model gives no score that a "
        + "label could be compared with. "
        + "Leave the label out, or name the column among the ColorColumns.";

    public static string NotAName(string column, DataViewType type) =>
        $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.IdColumnName)}: column \"{column}\" must be text, a key, a number, a Boolean "
        + $"or a time; it is {type}. Name another, or set the option to null.";

    public static string NotAColor(string column, DataViewType type) =>
        $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.ColorColumns)}: column \"{column}\" must be a key, text, a Boolean or a "
        + $"number; it is {type}. "
        + "Leave it out, or make one value of it.";

    public static string ImageOfOtherSize(ImageShape shape, int expected) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.ImageShape)}: {shape.Height} lines of {shape.Width} pixels with "
            + $"{shape.Channels} channels are "
        )
        + $"{Count((long)shape.Height * shape.Width * shape.Channels)} values, but the features are {Count(expected)}. Give the shape of "
        + "the pictures that the model was trained on.";

    public static string ImageShapeOutOfRange(ImageShape shape) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.ImageShape)} must have at least 1 line and 1 pixel in each, and 1 or 3 "
            + $"channels; it has {shape.Height}, {shape.Width} and {shape.Channels}."
        );

    public static string NoRows(long leftOut, bool isTable)
        => leftOut == 0
            ? "There are no rows to report on: expected at least 1, found 0. Give data that has rows."
            : isTable
            ? $"There are no rows to report on: all {Count(leftOut)} that were read hold {Unfit(isTable)}. Make such values NaN, which is "
                + "a missing one."
            : $"There are no rows to report on: all {Count(leftOut)} that were read hold {Unfit(isTable)}. Replace such values before "
                + "(mlContext.Transforms.ReplaceMissingValues).";

    /// <summary>What a row that cannot be scored holds.</summary>
    public static string Unfit(bool isTable) => isTable
        ? "infinity, a count that is negative or not whole, or a flag outside 0 to 1"
        : "NaN, infinity or a missing key";

    public static string PartNotThere(VaeReportPart part, string why) => $"This report has no part {part}: {why}";

    public const string NoHistory = "the model has no training history. Report on a model that was trained with this package.";
    public const string NoScores =
        "the model gives no score, as it was loaded from an encoder alone or reconstructs a target. Load scorer.onnx or the model.zip, or "
        + "leave the part out.";
    public const string NoImageShape = "the model does not say how its features make a picture. Set VaeReportOptions.ImageShape.";
    public const string NoPictures = "VaeReportOptions.Reconstructions is 0. Set it to the number of pictures to show.";
    public const string NoWorstRows = "VaeReportOptions.WorstRows is 0. Set it to the number of rows to show.";
    public const string NoDecoder = "the model was loaded from an encoder alone. Load scorer.onnx or the model.zip.";
    public const string ExplorerOff = "VaeReportOptions.Explorer is false. Set it to true to put the decoder into the page.";
    public const string ExplorerOfTable =
        "the model is of a table, and the decoder gives features that are no columns. See the parts WorstRows and Columns.";
    public const string NoTable = "the model is of a vector of features, not of a table. See the part WorstRows.";
    public const string TableWithoutScores =
        "The model gives no score, as it was loaded from an encoder alone: expected a model of a table with its decoder. Load "
        + "scorer.onnx or the model.zip.";
    public const string Codes =
        "the model's latent variable is made of codes, which have no place between them. See the part LatentDimensions for the use of its "
        + "codebook.";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
