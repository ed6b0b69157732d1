using MLNet.Vae.Graphs;

namespace MLNet.Vae.Columns;

/// <summary>What columns may be called: what stock ML.NET keeps apart, saves and gives back.</summary>
internal static class ColumnNames
{
    /// <summary>
    /// Besides the graph's own: columns that are there for a while as a loaded model runs, and what stock ML.NET keeps slot names in or
    /// hides.
    /// </summary>
    private static readonly string[] ReservedPrefixes = [PipelineColumns.GraphPrefix, "vae.", "mlnet."];

    /// <summary>Stock ML.NET drops this ending from the columns that a graph adds.</summary>
    private const string StockSuffix = ".output";

    /// <summary>Why the columns could not be saved and loaded under their names; empty where they can.</summary>
    public static IReadOnlyList<string> Faults(VaeColumns columns)
    {
        string[] added = [.. ModelOutputs.Named(columns).Select(named => named.Name)];
        string[] all = [columns.Features, .. columns.Condition is { } condition ? [condition] : Array.Empty<string>(), .. added];
        List<string> faults =
        [
            .. all.Where(string.IsNullOrWhiteSpace).Select(_ => "a column name must not be blank"),
            .. all.GroupBy(c => c).Where(g => g.Count() > 1 && !string.IsNullOrWhiteSpace(g.Key))
                .Select(g => $"column '{g.Key}' is named {g.Count()} times; the column read and each column added need names of their own"
                    + (g.Key == columns.Features && g.Key == columns.Embedding
                        ? $", output first: VaeEmbed(\"Embedding\", \"{g.Key}\")"
                        : "")),
            .. all.Where(IsReserved)
                .Select(c => $"column '{c}': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models"),
            .. added.Where(c => c.EndsWith(StockSuffix, StringComparison.Ordinal))
                .Select(c => $"column '{c}': a loaded model loses the ending '{StockSuffix}' of an added column's name"),
        ];
        if (added.Length == 0)
            faults.Add("at least one added column must be named");
        return faults;
    }

    private static bool IsReserved(string column) => ReservedPrefixes.Any(p => column.StartsWith(p, StringComparison.Ordinal));
}
