using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Bulk embedding against ONNX Runtime over an array, against the source's own cursor, and against stock ML.NET, row by row.</summary>
internal sealed class EmbeddingRace(string name, int features, int hidden, int latent, int rows, bool fromText) : ISpeedTable
{
    private const int Rounds = 7, StockShare = 20;

    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        var mlContext = new MLContext();
        var values = SampleNetwork.Values(rows * features, seed: 1);
        var model = SampleNetwork.Model(features, hidden, latent);
        using var transformer = new VaeTransformer(mlContext, model, new() { Threads = threads });
        using var alone = new OnnxRuntimeAlone(model, VaeScoringOptions.DefaultBlockSize, threads);
        var folder = Directory.CreateTempSubdirectory("mlnetvae-speed-").FullName;
        try
        {
            var source = Source("all", values);
            var embedded = transformer.Transform(source);
            var stock = Stock(mlContext, model, Source("some", values[..(rows / StockShare * features)]));
            new Race(
                $"Embedding {features}-{hidden}-{latent} {(fromText ? "from a text file" : "from memory")}",
                $"{rows:N0} rows, {threads} thread(s), blocks of {VaeScoringOptions.DefaultBlockSize}, {Rounds} rounds in turn. Stock ML.NET (ApplyOnnxModel, a run per row) embeds {rows / StockShare:N0} rows; its time is scaled up.",
                new("MLNet.Vae, one cursor", () => Race.Time(() => Rows.Read(embedded, "Embedding"))),
                new("MLNet.Vae, cursor set", () => Race.Time(() => Rows.ReadInParallel(embedded, "Embedding", threads))),
                new("ONNX Runtime alone", () => Race.Time(() => alone.Embed(values))),
                new("the source's cursor", () => Race.Time(() => Rows.Read(source, ArrayView.Column))),
                new("stock ML.NET", () => Race.Time(() => Rows.Read(stock, "Embedding")) * StockShare))
                .Run(Rounds)
                .Print(to, rows, "rows");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        IDataView Source(string name, float[] values)
        {
            if (!fromText)
                return new ArrayView(values, features);
            var file = Path.Combine(folder, name);
            Write(file, values);
            return mlContext.Data.LoadFromTextFile(file, [new(ArrayView.Column, DataKind.Single, 0, features - 1)], separatorChar: ',');
        }
    }

    private static IDataView Stock(MLContext mlContext, VaeModel model, IDataView source)
    {
        using var graph = new MemoryStream(model.ToPipelineOnnx());
        return mlContext.Transforms.ApplyOnnxModel(["Embedding"], [ArrayView.Column], graph).Fit(source).Transform(source);
    }

    private void Write(string path, float[] values)
    {
        using var writer = new StreamWriter(path);
        foreach (var row in values.Chunk(features))
            writer.WriteLine(string.Join(',', row.Select(v => v.ToString("G5", CultureInfo.InvariantCulture))));
    }
}
