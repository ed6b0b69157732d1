using System.Globalization;
using System.Text;

namespace MLNet.Vae.Reporting;

/// <summary>The figures as lines of text.</summary>
internal static class TableText
{
    public static string Of(VaeTableQuality quality)
    {
        var text = new StringBuilder();
        Add(text, $"Rows: {Read(quality.Real)} real, {Read(quality.HeldOut)} held-out, {Read(quality.Synthetic)} synthetic.");
        foreach (var line in quality.SetAside)
            Add(text, $"Not compared: {line}");
        Add(text, "");
        AddTable(
            text,
            ["column", "kind", "distance", "held-out", "missing", "of real", "unseen", "not whole"],
            quality.Columns.Select(column => new[]
            {
                column.Name,
                column.Kind.ToString(),
                Three(column.Distance),
                Three(column.HeldOutDistance),
                TableVerdicts.Percent(column.SyntheticMissingShare),
                TableVerdicts.Percent(column.RealMissingShare),
                ReportMessages.Count(column.UnseenRows),
                ReportMessages.Count(column.FractionalRows),
            })
        );
        Add(text, quality.ColumnsVerdict);
        if (quality.Associations.WorstPairs.Count > 0)
        {
            Add(text, "");
            AddTable(
                text,
                ["pair", "measure", "real", "synthetic"],
                quality.Associations.WorstPairs.Select(pair => new[]
                {
                    $"{pair.First}, {pair.Second}",
                    pair.Measure.ToString(),
                    Three(pair.Real),
                    Three(pair.Synthetic),
                })
            );
        }

        Add(text, quality.Associations.Verdict);
        Add(text, "");
        Add(text, quality.Detection?.Verdict ?? $"A view has fewer than {VaeTableDetection.MinimumRows} rows: no trees were trained.");
        if (quality.Utility is { } utility)
            Add(text, utility.Verdict);
        Add(text, "");
        AddTable(
            text,
            ["closest training row", .. VaeTableQuality.Probabilities.Select(p => p.ToString("0 %", CultureInfo.InvariantCulture))],
            [["synthetic", .. Four(quality.Privacy.SyntheticDistances)], ["held-out", .. Four(quality.Privacy.HeldOutDistances)]]
        );
        Add(text, quality.Privacy.Verdict);
        foreach (var copy in quality.Privacy.Copies)
        {
            Add(
                text,
                $"Synthetic row {copy.SyntheticRow} equals training row {copy.RealRow}"
                + (copy.RealRows > 1 ? $", the first of {copy.RealRows} like it." : ".")
            );
        }

        return text.ToString();
    }

    private static string Read(VaeTableSample sample) => sample.RowsRead < sample.Rows
        ? $"{ReportMessages.Count(sample.RowsRead)} of {ReportMessages.Count(sample.Rows)}"
        : ReportMessages.Count(sample.Rows);

    private static void Add(StringBuilder text, string line) => text.Append(line).Append('\n');

    /// <summary>The first column to the left, the others to the right.</summary>
    private static void AddTable(StringBuilder text, string[] head, IEnumerable<string[]> lines)
    {
        string[][] all = [head, .. lines];
        int[] widths = [.. head.Select((_, c) => all.Max(line => line[c].Length))];
        foreach (var line in all)
        {
            var cells = line.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]));
            Add(text, string.Join("  ", cells).TrimEnd());
        }
    }

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Four(IEnumerable<double> values) =>
        values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture));
}
