using System.Diagnostics;
using System.Runtime.InteropServices;
using Examples;
using Microsoft.ML;

namespace FileFragments;

/// <summary>The whole job, from files to saved models.</summary>
internal sealed class Demo(DirectoryInfo folder, DirectoryInfo output, int fragmentsPerKind, int seed)
{
    private const int EmbeddingDimensions = 16;

    private readonly MLContext _mlContext = new(seed);

    /// <summary>Where the running .NET is installed: shared/Microsoft.NETCore.App/VERSION lies below it.</summary>
    public static DirectoryInfo DotNetFolder =>
        new(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

    /// <returns>Whether the saved models answered as those in memory.</returns>
    public bool Run()
    {
        var watch = Stopwatch.StartNew();
        Output.ShowWarnings(_mlContext);
        output.Create();
        var corpus = ReadFiles();
        var recognition = RecogniseKinds(corpus);
        var anomalies = DetectAnomalies(corpus);
        var same = SaveAndCheck(corpus, recognition, anomalies);
        Output.Line($"Done in {Output.Seconds(watch.Elapsed)}.");
        return same;
    }

    private Corpus ReadFiles()
    {
        Output.Heading($"Fragments of {Fragment.Length} bytes from the files below {folder.FullName}");
        var corpus = Output.Timed("reading", _ => new CorpusBuilder(fragmentsPerKind, seed).Build(SourceFiles.Find(folder)));
        foreach (var note in corpus.Notes)
        {
            Output.Line($"note: {note}");
        }

        if (corpus.Kinds.All(kind => FileKind.IsTextual(kind.Kind)) || !corpus.Kinds.Any(kind => FileKind.IsTextual(kind.Kind)))
        {
            throw new InvalidDataException(
                $"The files below '{folder.FullName}' do not serve: some textual and some other ones are needed; give another folder."
            );
        }

        Report.Kinds(corpus.Kinds);
        return corpus;
    }

    private ITransformer RecogniseKinds(Corpus corpus)
    {
        Output.Heading("Which kind of file is a fragment from?");
        var train = Fragment.View(_mlContext, corpus.Train);
        var test = Fragment.View(_mlContext, corpus.Test);
        var (_, raw) = Output.Timed("FastTree on the histogram", _ =>
            KindRecognition.FitAndTest(_mlContext, "the histogram", KindRecognition.OnHistogram(_mlContext), train, test));
        var (model, embedded) = Output.Timed("autoencoder, then FastTree on the embedding", status =>
            KindRecognition.FitAndTest(_mlContext, "VaeEmbed's embedding",
                KindRecognition.OnEmbedding(_mlContext, EmbeddingDimensions, new TrainingProgress(status)), train, test));
        Report.Accuracies([raw, embedded]);
        return model;
    }

    private TextAnomalies DetectAnomalies(Corpus corpus)
    {
        var textual = string.Join(", ", corpus.Kinds.Select(kind => kind.Kind).Where(FileKind.IsTextual));
        Output.Heading($"Trained on {textual} only: what is unlike that?");
        var anomalies = Output.Timed("autoencoder", status => TextAnomalies.Fit(_mlContext, corpus.Train, new TrainingProgress(status)));
        Report.Detections(anomalies.Detections(corpus.Test));
        Output.Line(
            $"The threshold flags {anomalies.Model.Model.Info.Contamination:P0} of held-out fragments of the files trained on. Of other "
            + "files with text, it flags:"
        );
        Report.FalseAlarms(anomalies.FalseAlarms(corpus.Test));
        Output.Line("The worst fragment of each of the five worst files, with the bytes that gave it away:");
        Report.Worst(anomalies.Worst(corpus.Test));
        return anomalies;
    }

    private bool SaveAndCheck(Corpus corpus, ITransformer recognition, TextAnomalies anomalies)
    {
        Output.Heading("Saved");
        var schema = Fragment.View(_mlContext, corpus.Test).Schema;
        var kinds = SavedModel.Write(
            _mlContext,
            recognition,
            KindRecognition.Vae(recognition)!,
            schema,
            Path.Combine(output.FullName, "kinds")
        );
        var text = SavedModel.Write(_mlContext, anomalies.Model, anomalies.Model, schema, Path.Combine(output.FullName, "anomalies"));
        Output.Files(kinds.Folder);
        Output.Files(text.Folder);

        var fragment = corpus.Test[^1];
        using var kindEngine = _mlContext.Model.CreatePredictionEngine<Fragment, KindPrediction>(recognition);
        using var textEngine = _mlContext.Model.CreatePredictionEngine<Fragment, AnomalyPrediction>(anomalies.Model);
        var (kind, savedKind) = (kindEngine.Predict(fragment), kinds.Predict<KindPrediction>(fragment));
        var (score, savedScore) = (textEngine.Predict(fragment), text.Predict<AnomalyPrediction>(fragment));
        var same =
            kind.PredictedLabel == savedKind.PredictedLabel
            && Close(kind.Score.Max(), savedKind.Score.Max())
            && score.PredictedLabel == savedScore.PredictedLabel
            && Close(score.Score, savedScore.Score);
        Output.Line(
            $"Loaded again, one fragment of kind '{fragment.Kind}': predicted '{savedKind.PredictedLabel}', anomaly score "
            + $"{savedScore.Score:F3}; "
                + $"before: '{kind.PredictedLabel}', {score.Score:F3}: {(same ? "the same" : "NOT the same")}."
        );
        return same;
    }

    private static bool Close(float a, float b)
    {
        const float relative = 1e-5f;
        return MathF.Abs(a - b) <= relative * MathF.Max(MathF.Abs(a), MathF.Abs(b));
    }
}
