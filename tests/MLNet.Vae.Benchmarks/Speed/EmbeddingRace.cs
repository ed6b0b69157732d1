using Microsoft.ML;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// Bulk embedding against ONNX Runtime over an array, against the source's own cursor, and against stock ML.NET, row by row.
/// </summary>
internal sealed class EmbeddingRace(string name, string title, Func<VaeModel> create, int rows, bool fromText) : ISpeedTable
{
    private const int Rounds = 7, StockShare = 20;

    public EmbeddingRace(string name, int features, int hidden, int latent, int rows, bool fromText)
        : this(name, $"{features}-{hidden}-{latent}", () => SampleNetwork.Model(features, hidden, latent), rows, fromText)
    {
    }

    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        var mlContext = new MLContext();
        var model = create();
        var features = model.Info.FeatureCount;
        var values = SampleNetwork.Values(rows * features, seed: 1);
        using var transformer = new VaeTransformer(mlContext, model, new() { Threads = threads });
        // One cursor of several: a core each, and no threads inside a run.
        using var parallel = new VaeTransformer(mlContext, model, new() { Threads = 1 });
        using var alone = OnnxRuntimeAlone.Encoder(model, VaeScoringOptions.DefaultBlockSize, threads);
        using var files = new SampleSource(mlContext, features, fromText);
        var source = files.View(values);
        var embedded = transformer.Transform(source);
        var embeddedInParts = parallel.Transform(source);
        var stock = Stock(mlContext, model, files.View(values[..(rows / StockShare * features)]));
        new Race(
            $"Embedding {title} {(fromText ? "from a text file" : "from memory")}",
            $"{rows:N0} rows, {threads} thread(s), blocks of {VaeScoringOptions.DefaultBlockSize}, {Rounds} rounds in turn. Stock ML.NET "
            + $"(ApplyOnnxModel, a run per row) embeds {rows / StockShare:N0} rows; its time is scaled up.",
            new("MLNet.Vae, one cursor", () => Race.Time(() => Rows.Read(embedded, "Embedding", rows))),
            new("MLNet.Vae, a cursor per thread", () => Race.Time(() => Rows.ReadInParallel(embeddedInParts, "Embedding", threads, rows))),
            new("ONNX Runtime alone", () => Race.Time(() => alone.Run(values))),
            new("the source's cursor", () => Race.Time(() => Rows.Read(source, ArrayView.Column, rows))),
            new("stock ML.NET", () => Race.Time(() => Rows.Read(stock, "Embedding", rows / StockShare)) * StockShare))
            .Run(Rounds)
            .Print(to, rows, "rows");
    }

    private static IDataView Stock(MLContext mlContext, VaeModel model, IDataView source)
    {
        using var graph = new MemoryStream(model.ToPipelineOnnx());
        return mlContext.Transforms.ApplyOnnxModel(["Embedding"], [ArrayView.Column], graph).Fit(source).Transform(source);
    }
}
