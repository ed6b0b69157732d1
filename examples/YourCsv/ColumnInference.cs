using System.Globalization;

namespace YourCsv;

/// <summary>Tells the type of each column from all its values.</summary>
internal static class ColumnInference
{
    /// <summary>Most different values of a category or a label.</summary>
    public const int MostCategories = 100;

    private static readonly HashSet<string> MissingValues = new(["", "?", "NA", "N/A", "NaN"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> BooleanValues = new(
        ["true", "false", "yes", "no", "t", "f", "y", "n"],
        StringComparer.OrdinalIgnoreCase
    );

    public static CsvColumn[] Columns(CsvTable table) => [.. table.Header.Select((name, index) => Column(table, name, index))];

    public static bool IsMissing(string value) => MissingValues.Contains(value);

    private static CsvColumn Column(CsvTable table, string name, int index)
    {
        var values = table.Rows.Select(row => row[index]).Where(value => !IsMissing(value)).ToList();
        var distinct = values.Distinct().Count();
        return new(index, name, Type(values, distinct), table.Rows.Count - values.Count, distinct);
    }

    private static ColumnType Type(List<string> values, int distinct)
    {
        if (distinct <= 1)
        {
            return ColumnType.IgnoredConstant;
        }

        if (values.TrueForAll(IsNumber))
        {
            return IsRowNumber(values) ? ColumnType.IgnoredId : ColumnType.Number;
        }

        if (distinct <= 2 && values.TrueForAll(BooleanValues.Contains))
        {
            return ColumnType.Boolean;
        }

        return distinct == values.Count ? ColumnType.IgnoredId
            : distinct <= Math.Min(MostCategories, values.Count / 2) ? ColumnType.Category
            : ColumnType.IgnoredText;
    }

    private static bool IsNumber(string value)
        => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number);

    private static bool IsRowNumber(List<string> values)
    {
        var first = values[0];
        return long.TryParse(first, CultureInfo.InvariantCulture, out var start)
            && values
                .Index()
                .All(value => long.TryParse(value.Item, CultureInfo.InvariantCulture, out var number) && number == start + value.Index);
    }
}
