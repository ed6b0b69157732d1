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
            throw new InvalidDataException($"There is no column '{name}'; did you mean '{Nearest(table.Header, name)}'? The columns are: "
                + $"{string.Join(", ", table.Header.Select(column => $"'{column}'"))}.");
        }

        var classes = table.Rows.CountBy(row => row[index]).ToDictionary();
        var missing = classes.Where(one => CsvFrame.IsMissing(one.Key)).Sum(one => one.Value);
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

    private static string Nearest(string[] columns, string name)
        => columns.MinBy(column => Distance(column.ToUpperInvariant(), name.ToUpperInvariant()))!;

    /// <summary>Insertions, deletions and replacements from one word to another (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
