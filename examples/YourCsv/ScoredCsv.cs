using CsvHelper;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace YourCsv;

/// <summary>Writes the file again, with what the model says of each row.</summary>
internal static class ScoredCsv
{
    /// <param name="path">The file to write.</param>
    /// <param name="table">The file that was read; its values are written as they were.</param>
    /// <param name="label">Its label; null: there is none.</param>
    /// <param name="scored">The same rows, with score, <c>PredictedLabel</c> and embedding.</param>
    /// <param name="reasons">Of each row.</param>
    public static void Write(string path, CsvTable table, string? label, IDataView scored, string[] reasons)
    {
        var scores = scored.GetColumn<float>(Job.Score).ToArray();
        var embeddings = scored.GetColumn<float[]>(Job.Embedding).ToArray();
        string[] predicted = label is null
            ? [.. scored.GetColumn<bool>("PredictedLabel").Select(isAnomaly => isAnomaly ? "true" : "false")]
            : [.. scored.GetColumn<string>("PredictedLabel")];

        using var file = File.Create(path);
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { Separator = table.Separator, NewLine = "\n" });
        Write(csv,
        [
            .. table.Header, label is null ? "Anomaly" : $"Predicted {label}", "Score", "Reasons",
            .. embeddings[0].Select((_, i) => $"Embedding{i}"),
        ]);
        for (var row = 0; row < scores.Length; row++)
        {
            foreach (var value in table.Rows[row])
            {
                csv.WriteField(value);
            }

            csv.WriteField(predicted[row]);
            csv.WriteField(scores[row]);
            csv.WriteField(reasons[row]);
            foreach (var value in embeddings[row])
            {
                csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }

    private static void Write(CsvWriter csv, string[] names)
    {
        foreach (var name in names)
        {
            csv.WriteField(name);
        }

        csv.EndRecord();
    }
}
