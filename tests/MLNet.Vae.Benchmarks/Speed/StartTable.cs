using Microsoft.ML;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>From the start of a process to its first prediction.</summary>
internal sealed class StartTable : ISpeedTable
{
    private const int Rounds = 9;

    public string Name => "start";

    public void Measure(TextWriter to, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("mlnetvae-start-").FullName;
        try
        {
            var mlContext = new MLContext();
            var model = SampleNetwork.Model(ChildJobs.Features, ChildJobs.Hidden, ChildJobs.Latent);
            using var transformer = new VaeTransformer(mlContext, model, new());
            var (zip, encoder) = (Path.Combine(folder, "model.zip"), Path.Combine(folder, "encoder.onnx"));
            mlContext.Model.Save(transformer, new ArrayView([], ChildJobs.Features).Schema, zip);
            transformer.ExportOnnx(folder);
            new Race(
                "Start", $"Seconds from the start of a process to its first prediction; {Rounds} rounds in turn.",
                new("model.zip, VaeTransformer, PredictionEngine", () => Child.SecondsToFirstLine("first-prediction", zip)),
                new(
                    "scorer.onnx, VaeTransformer, PredictionEngine",
                    () => Child.SecondsToFirstLine("first-prediction", Path.Combine(folder, "scorer.onnx"))
                ),
                new("ML.NET alone: CopyColumns, PredictionEngine", () => Child.SecondsToFirstLine("first-copy")),
                new("ONNX Runtime alone: encoder.onnx", () => Child.SecondsToFirstLine("first-run", encoder)))
                .Run(Rounds)
                .Print(to);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
