#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using MLNet.Vae.Modules;

// Six numbers that two causes explain.
var random = new Random(1);
var loadings = Enumerable.Range(0, 6).Select(_ => Normals(2)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => Normals(2)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.05 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(32),
    Latent = VaeLatent.Deterministic(20) with { Activation = Activation.Sigmoid, Sparsity = VaeSparsity.KlToTarget(rho: 0.1, weight: 50) },
    Training = new() { Epochs = 100, LearningRate = 0.005, Seed = 1 },
};
using var sparse = mlContext.Transforms.VaeEmbed(options).Fit(data);
var codes = sparse.Transform(data);
var penalty = sparse.Model.Info.Training!.Best.Penalty;
mlContext.Model.Save(sparse, data.Schema, "sparse.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("sparse.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = sparse.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("sparse.zip");
Console.WriteLine($"mean activation {codes.GetColumn<float[]>("Embedding").Average(code => code.Average()):F3}, penalty {penalty:F4}");

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
