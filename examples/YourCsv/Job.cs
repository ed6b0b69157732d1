using Examples;
using Microsoft.ML;
using MLNet.Vae;

namespace YourCsv;

/// <summary>The whole job, from a file to saved models and scores.</summary>
internal sealed class Job(
    FileInfo file,
    char? separator,
    string? labelName,
    bool anomaliesOnly,
    int latentDimension,
    DirectoryInfo output,
    int seed
)
{
    private const int WorstCount = 5;

    private readonly MLContext _mlContext = new(seed);

    public void Run()
    {
        Output.ShowWarnings(_mlContext);
        var table = CsvFile.Read(file, separator);
        var columns = ColumnInference.Columns(table);
        Output.Heading($"{file.FullName}: {table.Rows.Count:N0} rows, separator {CsvFile.Shown(table.Separator)}");
        Describe(columns, labelName);

        var label = labelName is null ? null : LabelColumn.Find(columns, labelName);
        var features = new FeaturePipeline(table, columns, label);
        output.Create();
        var classifier = label is null || anomaliesOnly ? null : Classify(features, label);
        var anomalies = FindAnomalies(features, table, label);
        Save(features, classifier, anomalies, table);
    }

    private static void Describe(CsvColumn[] columns, string? labelName) =>
        Output.Table(
            [Output.Left("Column"), Output.Left("Taken for"), Output.Right("Missing"), Output.Right("Distinct")],
            columns.Select(column =>
                new[] { column.Name, column.Name == labelName ? "label" : Words(column.Type), $"{column.Missing}", $"{column.Distinct}" }
            )
        );

    private static string Words(ColumnType type) => type switch
    {
        ColumnType.IgnoredConstant => "constant, ignored",
        ColumnType.IgnoredId => "identifier, ignored",
        ColumnType.IgnoredText => "text, ignored",
        _ => type.ToString().ToLowerInvariant(),
    };

    private ITransformer Classify(FeaturePipeline features, CsvColumn label)
    {
        Output.Heading($"Predicting '{label.Name}', {label.Distinct} classes, tested on a quarter of the rows");
        var classification = new Classification(_mlContext, features);
        var (_, raw) = Output.Timed("FastTree on the columns", _ => classification.OnFeatures());
        var (model, embedded) = Output.Timed("autoencoder, then FastTree on the embedding",
            status => classification.OnEmbedding(latentDimension, new TrainingProgress(status)));
        Output.Table(
            [
                Output.Left("FastTree on"),
                Output.Right("Features"),
                Output.Right("Micro accuracy"),
                Output.Right("Macro accuracy"),
                Output.Right("Trained in"),
            ],
            new[] { raw, embedded }.Select(result =>
                new[] { result.Features, $"{result.Count}", $"{result.Micro:P1}", $"{result.Macro:P1}", Output.Seconds(result.Elapsed) }
            )
        );
        return model;
    }

    private Anomalies FindAnomalies(FeaturePipeline features, CsvTable table, CsvColumn? label)
    {
        Output.Heading("Rows unlike the others");
        var anomalies = Output.Timed(
            "autoencoder",
            status => Anomalies.Fit(_mlContext, features, latentDimension, new TrainingProgress(status))
        );
        if (anomalies.Rows.Count != table.Rows.Count)
        {
            throw new InvalidDataException(
                $"ML.NET read {anomalies.Rows.Count} rows from '{file.FullName}' where {table.Rows.Count} were expected."
            );
        }

        var worst = anomalies.Rows.Index().OrderByDescending(row => row.Item.Score).Take(WorstCount);
        Output.Table(
            [
                Output.Right("Line"),
                Output.Right("Score"),
                Output.Left("Anomaly"),
                Output.Left("What gave it away"),
                Output.Left(label?.Name ?? ""),
            ],
            worst.Select(row =>
                new[]
                {
                    $"{table.Lines[row.Index]}",
                    $"{row.Item.Score:F1}",
                    row.Item.PredictedLabel ? "yes" : "no",
                    anomalies.Reasons(row.Item),
                    label is null ? "" : table.Rows[row.Index][label.Index],
                }
            )
        );
        return anomalies;
    }

    private void Save(FeaturePipeline features, ITransformer? classifier, Anomalies anomalies, CsvTable table)
    {
        Output.Heading("Saved");
        var input = features.Load(_mlContext).Schema;
        if (classifier is not null)
        {
            Save(classifier, VaeTransformer.From(_mlContext, classifier), input, "classifier");
        }

        Save(anomalies.Model, anomalies.Vae, input, "anomalies");
        var scored = Path.Combine(output.FullName, "scored.csv");
        ScoredCsv.Write(scored, table, anomalies);
        Output.Line(scored);
    }

    private void Save(ITransformer model, VaeTransformer vae, DataViewSchema input, string name)
    {
        var folder = Path.Combine(output.FullName, name);
        Directory.CreateDirectory(folder);
        _mlContext.Model.SaveAtomically(model, input, Path.Combine(folder, "model.zip"));
        vae.ExportOnnx(folder);
        Output.Files(folder);
    }
}
