#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Rows of six kinds in turn, each with a little noise.
var random = new Random(1);
var path = Path.GetTempFileName();
float[][] rows = [.. Enumerable.Range(0, 600).Select(row =>
    Enumerable.Range(0, 8).Select(slot => (float)(row % 6 * (slot + 1) % 7 + 0.3 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

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

using var generator = VaeGenerator.From(path);
uint[][] keys = generator.EncodeKeys(rows);                // [n][codes], from 1 up, as in the column
var restored = generator.DecodeKeys(keys).Rows;
var fromColumn = generator.Decode(loaded, "Symbol").Rows;
var samples = generator.Sample(20, seed: 1).Rows;          // codes from the prior, then the decoder
var entry = generator.Model.Codebook![(int)keys[0][0] - 1];
var nats = generator.Model.Info.CodePrior!.HeldOutNats;    // what a row's codes cost by the prior

Console.WriteLine($"perplexity {perplexity:F2}, of a row's codes {nats:F2} nats; of six kinds alike {Math.Log(6):F2}");
var alike = symbols.Index().GroupBy(row => row.Item, row => row.Index % 6)
    .Sum(found => found.CountBy(kind => kind).Max(kind => kind.Value));
Console.WriteLine($"rows of the kind that most rows with their symbol are of: {alike} of 600");
Console.WriteLine($"keys as in the column: {keys.Zip(symbols).Count(pair => pair.First[0] == pair.Second)}, restored as from it: "
    + $"{restored.Zip(fromColumn).Count(pair => pair.First.SequenceEqual(pair.Second))}");
Console.WriteLine($"counts {samples.Count} {entry.Length}");
File.Delete(path);

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(8)]
    public float[] Features { get; set; } = [];
}
