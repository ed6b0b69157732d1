using MLNet.Vae.Modules;

namespace YourCsv;

/// <summary>Finds the label among the columns.</summary>
internal static class LabelColumn
{
    /// <exception cref="InvalidDataException">There is no such column, or its values are no classes.</exception>
    public static CsvColumn Find(CsvColumn[] columns, string name)
    {
        var label = Array.Find(columns, column => column.Name == name)
            ?? throw new InvalidDataException($"There is no column '{name}'; did you mean '{Nearest(columns, name)}'? The columns are: "
                + $"{string.Join(", ", columns.Select(column => $"'{column.Name}'"))}.");
        if (label.Missing > 0)
        {
            throw new InvalidDataException($"Label '{name}' is missing in {label.Missing} rows; fill them in or remove them.");
        }

        if (label.Distinct < 2)
        {
            throw new InvalidDataException(
                $"Label '{name}' has one class in all rows; classification needs two or more. Leave --label out to look for anomalies only."
            );
        }

        return label.Distinct <= ColumnInference.MostCategories && label.Type is not (ColumnType.IgnoredId or ColumnType.IgnoredText)
            ? label
            : throw new InvalidDataException(
                $"Label '{name}' has {label.Distinct} different values; this example shows classification with at most "
                    + $"{ColumnInference.MostCategories} classes that recur, and no regression. Leave --label out to look for anomalies "
                    + "only."
            );
    }

    private static string Nearest(CsvColumn[] columns, string name)
        => columns.MinBy(column => Distance(column.Name.ToUpperInvariant(), name.ToUpperInvariant()))!.Name;

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
