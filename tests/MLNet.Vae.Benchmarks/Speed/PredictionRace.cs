using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>One prediction at a time against ONNX Runtime alone, and what it allocates.</summary>
internal sealed class PredictionRace : ISpeedTable
{
    private const int Rounds = 9, Predictions = 20_000, Inputs = 30, Hidden = 64, Latent = 8;

    public string Name => "prediction";

    public void Measure(TextWriter to, int threads)
    {
        var mlContext = new MLContext();
        var model = SampleNetwork.Model(Inputs, Hidden, Latent);
        using var transformer = new VaeTransformer(mlContext, model, new() { Threads = 1 });
        using var alone = OnnxRuntimeAlone.Encoder(model, blockSize: 1, threads: 1);
        using var engine = mlContext.Model.CreatePredictionEngine<Row, Embedded>(transformer);
        using var copying = mlContext.Model.CreatePredictionEngine<Row, Copied>(
            mlContext.Transforms.CopyColumns("Embedding", "Features").Fit(mlContext.Data.LoadFromEnumerable(Array.Empty<Row>())));
        var row = new Row { Features = SampleNetwork.Values(Inputs, seed: 1) };
        var (embedded, copied) = (new Embedded(), new Copied());
        new Race(
            $"One prediction {Inputs}-{Hidden}-{Latent}",
            $"{Predictions:N0} predictions one after the other, one thread, {Rounds} rounds in turn.",
            new("PredictionEngine", () => Race.Time(() => Repeat(() => engine.Predict(row, ref embedded)))),
            new("ONNX Runtime alone", () => Race.Time(() => alone.RunSingly(row.Features, Predictions))))
            .Run(Rounds)
            .Print(to, Predictions, "predictions");
        to.WriteLine(
            $"Bytes allocated per prediction: {Bytes(() => engine.Predict(row, ref embedded))}; by ML.NET's own engine over CopyColumns: "
            + $"{Bytes(() => copying.Predict(row, ref copied))}.\n"
        );
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < Predictions; i++)
            action();
    }

    private static long Bytes(Action action)
    {
        Repeat(action);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(action);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Predictions;
    }

    private sealed class Row
    {
        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Embedded
    {
        [VectorType(Latent)]
        public float[] Embedding { get; set; } = [];
    }

    private sealed class Copied
    {
        [VectorType(Inputs)]
        public float[] Embedding { get; set; } = [];
    }
}
