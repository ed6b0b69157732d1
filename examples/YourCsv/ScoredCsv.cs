using CsvHelper;

namespace YourCsv;

/// <summary>Writes the file again, with what the anomaly detector says of each row.</summary>
internal static class ScoredCsv
{
    public static void Write(string path, CsvTable table, Anomalies anomalies)
    {
        using var file = File.Create(path);
        using var csv = CsvWriter.Create(
            file,
            new CsvWriterOptions
            {
                Separator = table.Separator,
                NewLine = "\n",
                TrueValue = "true",
                FalseValue = "false",
            }
        );
        foreach (var name in table.Header.Concat(["Score", "Anomaly", "Reasons"]))
        {
            csv.WriteField(name);
        }

        for (var i = 0; i < anomalies.Rows[0].Embedding.Length; i++)
        {
            csv.WriteField($"Embedding{i}");
        }

        csv.EndRecord();
        foreach (var (row, scored) in table.Rows.Zip(anomalies.Rows))
        {
            foreach (var value in row)
            {
                csv.WriteField(value);
            }

            csv.WriteField(scored.Score);
            csv.WriteField(scored.PredictedLabel);
            csv.WriteField(anomalies.Reasons(scored));
            foreach (var value in scored.Embedding)
            {
                csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }
}
