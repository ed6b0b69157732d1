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
var loadings = Enumerable.Range(0, 6).Select(_ => (First: Normal(), Second: Normal())).ToArray();
float[][] rows = [.. Enumerable.Range(0, 500).Select(_ => (First: Normal(), Second: Normal())).Select(cause =>
    loadings.Select(w => (float)(w.First * cause.First + w.Second * cause.Second + 0.05 * Normal())).ToArray())];
var (row, other) = (rows[0], rows[1]);

var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));
using var model = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
{
    Architecture = VaeArchitecture.Mlp(32),
    Latent = VaeLatent.Gaussian(2),
    Contamination = 0.02,
    Training = new() { Epochs = 40, LearningRate = 0.01, Seed = 1 },
}).Fit(data);
mlContext.Model.Save(model, data.Schema, "model.zip");

using var generator = VaeGenerator.From("model.zip");
var samples = generator.Sample(count: 100, seed: 1);
var likeIt = generator.SampleNear(row, scale: 1, count: 5, seed: 1);
var between = generator.Interpolate(row, other, steps: 7);
var codes = generator.Encode(rows);
var noisy = generator.Decode(codes, draw: VaeDraw.Random, seed: 1);
var scored = model.Transform(samples.ToDataView(mlContext));
foreach (var value in samples.Rows[0])
    Console.Write($"{value:F2} ");

Console.WriteLine();
Console.WriteLine($"counts {samples.Count} {likeIt.Count} {between.Count} {noisy.Count}");
Console.WriteLine($"unlike the data: {scored.GetColumn<bool>("PredictedLabel").Count(anomalous => anomalous)} of 100");
var near = likeIt.Rows.Concat(between.Rows.Take(1)).Count(sample => Distance(sample, row) < Distance(other, row));
Console.WriteLine($"nearer to the row than the other is: {near} of 6");
File.Delete("model.zip");

static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
