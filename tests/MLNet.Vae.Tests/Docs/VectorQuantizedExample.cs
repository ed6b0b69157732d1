using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class VectorQuantizedExample
{
    private const int Rows = 600, Features = 8, Kinds = 6;

    [Fact]
    public void A_symbol_tells_what_kind_a_row_is_of()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, Create(), Features);
        using var directory = new TemporaryDirectory();
        var path = directory.File("symbols.zip");

        var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Latent = VaeLatent.VectorQuantized(codebookSize: 32, codeDimension: 8),
            CodesColumnName = "Symbol",
            Training = new() { Epochs = 20, BatchSize = 32, LearningRate = 0.003, Seed = 1 },
        });
        using var transformer = estimator.Fit(data);
        mlContext.Model.Save(transformer, data.Schema, path);
        var loaded = mlContext.Model.Load(path, out _).Transform(data);
        var symbols = loaded.GetColumn<uint[]>("Symbol").Select(codes => codes[0]).ToArray();   // keys, from 1 to 32
        var perplexity = transformer.Model.Info.Training!.Best.Perplexity;                      // how many entries are in use

        Assert.InRange(perplexity!.Value, Kinds, 32);
        var told = symbols.Select((symbol, row) => (symbol, Kind: row % Kinds)).GroupBy(row => row.symbol)
            .Sum(rows => rows.CountBy(row => row.Kind).Max(kind => kind.Value));
        Assert.True(told > 0.98 * Rows, $"{told} of {Rows} rows are of the kind that most rows with their symbol are of");
    }

    /// <summary>Rows of six kinds in turn, each with a little noise.</summary>
    private static List<float[]> Create()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, Features)
            .Select(slot => (float)((row % Kinds * (slot + 1) % 7) + (0.3 * Trainer.Normal(random)))).ToArray())];
    }
}
