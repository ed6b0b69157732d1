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
    Latent = VaeLatent.Gaussian(3),
    ScoreColumnName = "Score",
    Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0, ValidationFraction = 0 },
};
using var pca = mlContext.Transforms.VaeEmbed(options).Fit(data);
var logLikelihood = pca.Model.Info.Training!.Best.Elbo;
var embedded = pca.Transform(data);
mlContext.Model.Save(pca, data.Schema, "pca.zip");

// What is loaded gives the same, but for the last digits.
var loaded = mlContext.Model.Load("pca.zip", out _).Transform(data).GetColumn<float[]>("Embedding");
var off = pca.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("pca.zip");
// Of a linear model the bound is tight: importance samples find no more.
var sampled = pca.LogLikelihood(data, importanceSamples: 500, seed: 1).GetColumn<float>("LogLikelihood").Average();
Console.WriteLine($"ln p {logLikelihood:F3} nats per row, by importance samples {sampled:F3}");
var means = Enumerable.Range(0, 3).Select(slot => Math.Abs(embedded.GetColumn<float[]>("Embedding").Average(z => z[slot])));
Console.WriteLine($"means of the embedding are off 0 by {means.Max():F4}");

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(10)]
    public float[] Features { get; set; } = [];
}
