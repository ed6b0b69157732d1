#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Twelve numbers that two causes explain.
var random = new Random(1);
var loadings = Enumerable.Range(0, 12).Select(_ => Normals(2)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => Normals(2)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.05 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Latent = VaeLatent.Deterministic(4),
    Corruption = VaeCorruption.GaussianNoise(sigma: 0.3),
    ReconstructionColumnName = "Restored",
    Training = new() { Epochs = 150, Seed = 1 },
};
using var denoising = mlContext.Transforms.VaeEmbed(options).Fit(data);
var noisy = VaeCorruption.GaussianNoise(sigma: 0.5).Apply(rows, seed: 2);
var restored = denoising.Transform(View(noisy)).GetColumn<float[]>("Restored").ToArray();
mlContext.Model.Save(denoising, data.Schema, "denoising.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("denoising.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = denoising.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("denoising.zip");
Console.WriteLine($"error of what is restored, over that of what is noisy: {Error(restored) / Error(noisy):F3}");

IDataView View(float[][] values) => mlContext.Data.LoadFromEnumerable(values.Select(features => new Row { Features = features }));

double Error(float[][] found) => found.Zip(rows, (f, c) => f.Zip(c, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(12)]
    public float[] Features { get; set; } = [];
}
