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

        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        using var generator = VaeGenerator.From(path);
        uint[][] keys = generator.EncodeKeys(rows);                // [n][codes], from 1 up, as in the column
        var restored = generator.DecodeKeys(keys).Rows;
        var fromColumn = generator.Decode(loaded, "Symbol").Rows;
        var samples = generator.Sample(20, seed: 1).Rows;          // codes from the prior, then the decoder
        var entry = generator.Model.Codebook![(int)keys[0][0] - 1];
        var nats = generator.Model.Info.CodePrior!.HeldOutNats;    // what a row's codes cost by the prior

        Assert.Equal(symbols, keys.Select(row => row[0]));
        Assert.Equal(restored, fromColumn);
        Assert.Equal((20, 8), (samples.Count, entry.Length));
        // As many kinds, and not as many entries as there are.
        Assert.InRange(nats!.Value, Math.Log(Kinds), Math.Log(32));
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
