using System.Globalization;
using Microsoft.Data.Analysis;
using MLNet.Vae.Tool.Files;

namespace YourCsv;

/// <summary>
/// A delimited file as a data frame, which ML.NET reads: a column is numbers where all its values are, else text. How each is modelled, the
/// table decides.
/// </summary>
internal static class CsvFrame
{
    /// <param name="table">The file.</param>
    /// <param name="label">A column that is text, whatever its values are; null: there is none.</param>
    public static DataFrame Of(CsvTable table, string? label)
        => new(table.Header.Select((name, index) => Column(name, [.. table.Rows.Select(row => row[index])], isText: name == label)));

    // Single, as a null of a column of integers would be read as 0.
    private static DataFrameColumn Column(string name, string[] values, bool isText)
        => isText || !Array.TrueForAll(values, IsNumberOrMissing)
            ? new StringDataFrameColumn(name, values.Select(value => MissingTexts.Contains(value) ? null : value))
            : new SingleDataFrameColumn(name, values.Select(Number));

    private static float? Number(string value) => MissingTexts.Contains(value) ? null : float.Parse(value, CultureInfo.InvariantCulture);

    private static bool IsNumberOrMissing(string value) => MissingTexts.Contains(value)
        || (float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number));
}
