#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Ten numbers that three causes explain.
var random = new Random(1);
var loadings = Enumerable.Range(0, 10).Select(_ => Normals(3)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 400).Select(_ => Normals(3)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.3 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Architecture = VaeArchitecture.Linear,
    Latent = VaeLatent.Deterministic(3),
    Normalization = VaeNormalization.None,
    ReconstructionColumnName = "Reconstruction",
    Training = new() { Epochs = 20, ValidationFraction = 0, Seed = 1 },
};
using var linear = mlContext.Transforms.VaeEmbed(options).Fit(data);
var embedded = linear.Transform(data);
mlContext.Model.Save(linear, data.Schema, "linear.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("linear.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = linear.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("linear.zip");
var error = embedded.GetColumn<float[]>("Reconstruction")
    .Zip(rows, (found, row) => found.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();
// Three principal components leave the noise of seven.
Console.WriteLine($"squared error {error:F3}, of the noise of seven numbers {7 * 0.3 * 0.3:F3}");

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(10)]
    public float[] Features { get; set; } = [];
}
