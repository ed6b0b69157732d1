using System.Globalization;

namespace YourCsv;

/// <summary>Writes the file again, with what the anomaly detector says of each row.</summary>
internal static class ScoredCsv
{
    public static void Write(string path, CsvTable table, Anomalies anomalies)
    {
        using var writer = new StreamWriter(path);
        var embedding = anomalies.Rows[0].Embedding.Select((_, index) => $"Embedding{index}");
        WriteLine([.. table.Header, "Score", "Anomaly", "Reasons", .. embedding]);
        foreach (var (row, scored) in table.Rows.Zip(anomalies.Rows))
        {
            WriteLine([.. row, Number(scored.Score), scored.PredictedLabel ? "true" : "false", anomalies.Reasons(scored), .. scored.Embedding.Select(Number)]);
        }

        void WriteLine(IEnumerable<string> values) => writer.WriteLine(string.Join(table.Separator, values.Select(Quoted)));
        string Quoted(string value) => value.Contains(table.Separator) || value.Contains('"') ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
