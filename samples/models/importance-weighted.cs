#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Six numbers that two causes explain.
var random = new Random(1);
var loadings = Enumerable.Range(0, 6).Select(_ => Normals(2)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => Normals(2)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.05 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Latent = VaeLatent.Gaussian(2),
    Objective = new() { ImportanceWeighted = true, Samples = 10 },
    Training = new() { Epochs = 40, LearningRate = 0.003, Seed = 1 },
};
using var iwae = mlContext.Transforms.VaeEmbed(options).Fit(data);
var best = iwae.Model.Info.Training!.Best;
Console.WriteLine($"ln p(x) is at least {best.ImportanceWeightedBound:F2} nats per row; the ELBO says {best.ValidationElbo:F2}.");
mlContext.Model.Save(iwae, data.Schema, "iwae.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("iwae.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = iwae.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("iwae.zip");

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
