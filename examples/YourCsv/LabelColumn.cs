using MLNet.Vae.Tool.Files;

namespace YourCsv;

/// <summary>Checks that a column can be a label.</summary>
internal static class LabelColumn
{
    private const int MostClasses = 100;

    /// <exception cref="InvalidDataException">There is no such column, or its values are no classes.</exception>
    public static void Check(CsvTable table, string name)
    {
        var index = Array.IndexOf(table.Header, name);
        if (index < 0)
        {
            throw new InvalidDataException(
                $"There is no column '{name}'; did you mean '{NearestName.Of(table.Header, name)}'? The columns are: "
                    + $"{string.Join(", ", table.Header.Select(column => $"'{column}'"))}.");
        }

        var classes = table.Rows.CountBy(row => row[index]).ToDictionary();
        var missing = classes.Where(one => MissingTexts.Contains(one.Key)).Sum(one => one.Value);
        if (missing > 0)
        {
            throw new InvalidDataException($"Label '{name}' is missing in {missing} rows; fill them in or remove them.");
        }

        if (classes.Count < 2)
        {
            throw new InvalidDataException(
                $"Label '{name}' has one class in all rows; classification needs two or more. Leave --label out to look for anomalies only."
            );
        }

        if (classes.Count > Math.Min(MostClasses, table.Rows.Count / 2))
        {
            throw new InvalidDataException(
                $"Label '{name}' has {classes.Count} different values; this example shows classification with at most {MostClasses} "
                    + "classes that recur, and no regression. Leave --label out to look for anomalies only."
            );
        }
    }
}
