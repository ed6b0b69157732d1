using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>What a model of a table knows of its columns.</summary>
public sealed record VaeTableInfo
{
    [JsonConstructor]
    internal VaeTableInfo() { }

    /// <summary>The columns, in the order of the table; those that were set aside too.</summary>
    public required IReadOnlyList<VaeTableColumn> Columns { get; init; }

    /// <summary>The column of each column's share in the score; <see langword="null"/>: there is none.</summary>
    public string? ContributionsColumn { get; init; }

    /// <summary>What rows are drawn by; <see langword="null"/>: it was not fitted, and fields are drawn independently given z.</summary>
    public VaeRowSamplerInfo? Sampler { get; init; }

    /// <summary>The columns that are modelled.</summary>
    internal IReadOnlyList<VaeTableColumn> Modelled => [.. Columns.Where(column => column.Kind is not null)];

    /// <summary>Of each feature the place among <see cref="Modelled"/> of the column that it is of, <c>[features]</c>, anew.</summary>
    internal int[] ColumnOfFeatures()
    {
        var columns = Modelled;
        var places = new int[columns.Sum(column => column.FeatureCount)];
        for (var i = 0; i < columns.Count; i++)
        {
            foreach (var field in columns[i].Fields)
                places.AsSpan(field.Start, field.Count).Fill(i);
        }
        return places;
    }

    /// <summary>A line for each column: rows seen, missing, kind, features, why.</summary>
    public override string ToString()
    {
        var name = Math.Max("column".Length, Columns.Max(column => column.Name.Length));
        var text = new StringBuilder();
        Line("column", "rows", "missing", "kind", "features", "why");
        foreach (var column in Columns)
        {
            Line(column.Name, Number(column.Rows), Number(column.Missing), column.Kind?.ToString() ?? "set aside",
                Number(column.FeatureCount), column.Reason);
        }
        return text.ToString();

        static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
        void Line(string column, string rows, string missing, string kind, string features, string why) => text
            .Append(column.PadRight(name)).Append(' ').Append(rows.PadLeft(9)).Append(' ').Append(missing.PadLeft(9)).Append("  ")
            .Append(kind.PadRight(16)).Append(' ').Append(features.PadLeft(8)).Append("  ").Append(why).Append('\n');
    }
}
