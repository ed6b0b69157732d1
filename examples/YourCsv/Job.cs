using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.Vae;
using MLNet.Vae.Tool.Files;
using Spectre.Console;

namespace YourCsv;

/// <summary>The whole job, from a file to a saved model and scores.</summary>
/// <param name="file">A delimited file with a header.</param>
/// <param name="separator">Of its values; null: the one that fits.</param>
/// <param name="label">The column to predict; null: rows unlike the others are looked for.</param>
/// <param name="ignored">A column that the model does not see; null: none.</param>
/// <param name="latentDimension">Length of the embedding.</param>
/// <param name="epochs">Passes over the rows; null: by their number.</param>
/// <param name="output">Folder for what is written.</param>
/// <param name="seed">Makes the run repeatable.</param>
internal sealed class Job(
    FileInfo file,
    char? separator,
    string? label,
    string? ignored,
    int latentDimension,
    int? epochs,
    DirectoryInfo output,
    int seed
)
{
    public const string Embedding = "Code", Score = "Unlikeness";

    private const int WorstCount = 5;
    private const double TestFraction = 0.25;

    private readonly MLContext _mlContext = new(seed);

    public void Run()
    {
        Output.ShowWarnings(_mlContext);
        var table = CsvFile.Read(file, separator);
        Output.Heading($"{file.FullName}: {table.Rows.Count:N0} rows, separator {CsvSource.Shown(table.Separator)}");
        if ((label ?? ignored) is { } name)
        {
            LabelColumn.Check(table, name);
        }

        // From here on it is the library: rows, a model of them as they come, and what it says of each.
        IDataView rows = CsvFrame.Of(table, label ?? ignored);
        var split = _mlContext.Data.TrainTestSplit(rows, TestFraction);
        using var vae = Output.Timed("autoencoder", status => Fit(label is null ? rows : split.TrainSet, status));
        Console.WriteLine(vae.Table);
        var classifier = label is null ? null : Classify(vae, split);
        ITransformer model = classifier is null ? vae : vae.Append(classifier);
        var scored = model.Transform(rows);
        var reasons = Reasons.Of(scored, vae.Reconstruct(rows));

        Show(table, scored, reasons);
        output.Create();
        _mlContext.Model.SaveAtomically(model, rows.Schema, Path.Combine(output.FullName, "model.zip"));
        vae.Model.ExportOnnx(output.FullName);
        ScoredCsv.Write(Path.Combine(output.FullName, "scored.csv"), table, label, scored, reasons);
        VaeReport.Create(_mlContext, vae, rows, new() { Title = file.Name, IdColumnName = label ?? ignored, Seed = seed })
            .Save(Path.Combine(output.FullName, "report.html"));
        Output.Heading("Saved");
        Output.Files(output.FullName);
    }

    private VaeTableTransformer Fit(IDataView rows, StatusContext status)
    {
        var options = new VaeTableOptions
        {
            IgnoredColumnNames = (label ?? ignored) is { } name ? [name] : [],
            Latent = VaeLatent.Gaussian(latentDimension),
            OutputColumnName = Embedding,
            ScoreColumnName = Score,
            ContributionsColumnName = Reasons.Contributions,
            Training = new() { Epochs = epochs, Progress = new TrainingProgress(status) },
        };
        var estimator = label is null ? _mlContext.AnomalyDetection.Trainers.Vae(options) : _mlContext.Transforms.VaeEmbed(options);
        return estimator.Fit(rows);
    }

    /// <summary>Boosted trees on the embedding, tested on rows that trained neither.</summary>
    private TransformerChain<KeyToValueMappingTransformer> Classify(VaeTableTransformer vae, DataOperationsCatalog.TrainTestData split)
    {
        var learner = _mlContext.Transforms.Conversion.MapValueToKey("Label", label)
            .Append(_mlContext.MulticlassClassification.Trainers.OneVersusAll(
                _mlContext.BinaryClassification.Trainers.FastTree(featureColumnName: Embedding)))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var classifier = Output.Timed("FastTree on the embedding", _ => learner.Fit(vae.Transform(split.TrainSet)));
        var metrics = _mlContext.MulticlassClassification.Evaluate(classifier.Transform(vae.Transform(split.TestSet)));
        Output.Line($"'{label}' of a quarter of the rows, which trained nothing: micro accuracy {metrics.MicroAccuracy:P1}, "
            + $"macro accuracy {metrics.MacroAccuracy:P1}");
        return classifier;
    }

    private void Show(CsvTable table, IDataView scored, string[] reasons)
    {
        Output.Heading("Rows unlike the others");
        var shown = Array.IndexOf(table.Header, label ?? ignored);
        Output.Table(
            [Output.Right("Line"), Output.Right("Score"), Output.Left("What gives it away, nats"), Output.Left(label ?? ignored ?? "")],
            scored.GetColumn<float>(Score).Index().OrderByDescending(row => row.Item).Take(WorstCount).Select(row => new[]
            {
                $"{table.Lines[row.Index]}", $"{row.Item:F1}", reasons[row.Index], shown < 0 ? "" : table.Rows[row.Index][shown],
            })
        );
    }
}
