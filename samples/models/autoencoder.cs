#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using MLNet.Vae.Modules;

// Points of a bent surface in four dimensions, with a little noise.
var random = new Random(1);
float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => (U: 3 * random.NextDouble(), V: 3 * random.NextDouble())).Select(at =>
    new[] { Math.Sin(at.U), Math.Cos(at.U), Math.Sin(at.V), Math.Cos(at.V) }.Select(value => (float)(value + 0.02 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(64, 32) with { Activation = Activation.Tanh },
    Latent = VaeLatent.Deterministic(2),
    ReconstructionColumnName = "Reconstruction",
    ScoreColumnName = "Error",
    ScoreKind = VaeScoreKind.ReconstructionError,
    Training = new() { Epochs = 150, LearningRate = 0.005, Seed = 1 },
};
using var autoencoder = mlContext.Transforms.VaeEmbed(options).Fit(data);
var embedded = autoencoder.Transform(data);
mlContext.Model.Save(autoencoder, data.Schema, "deep.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("deep.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = autoencoder.Transform(data).GetColumn<float[]>("Embedding")
    .Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("deep.zip");
double Error(IDataView view) => view.GetColumn<float[]>("Reconstruction")
    .Zip(rows, (found, row) => found.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();
// A flat surface of as many dimensions, as principal components find it.
using var flat = mlContext.Transforms.VaeEmbed(options with
{
    Architecture = VaeArchitecture.Linear,
    Training = new() { Epochs = 20, ValidationFraction = 0, Seed = 1 },
}).Fit(data);
Console.WriteLine($"squared error {Error(embedded):F4}, of two principal components {Error(flat.Transform(data)):F4}");

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
