#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// A structure of two levels: a point on a closed curve in four dimensions, blurred, seen from twenty sides.
var random = new Random(1);
var sides = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 4).Select(_ => Normal()).ToArray()).ToArray();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 600).Select(_ => Create()).ToList());

var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(32),
    Latent = VaeLatent.Hierarchical(4, 2),
    Objective = new() { WarmUpEpochs = 20 },
    Training = new() { Epochs = 100, LearningRate = 0.005, Seed = 1 },
};
using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
foreach (var level in transformer.Model.Info.Training!.Best.KlPerLevel!)
    Console.WriteLine($"{level:F2} nats per row");
var coarse = transformer.Transform(data).GetColumn<float[]>("Embedding").Select(z => z[4..]);
mlContext.Model.Save(transformer, data.Schema, "hierarchy.zip");

Console.WriteLine($"coarse codes of two numbers: {coarse.Count(z => z.Length == 2 && z.All(float.IsFinite))}");
var loaded = mlContext.Model.Load("hierarchy.zip", out _).Transform(data).GetColumn<float[]>("Embedding").Select(z => z[4..]);
var off = coarse.Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete("hierarchy.zip");

Row Create()
{
    var angle = random.NextDouble() * Math.Tau;
    double[] curve = [3 * Math.Cos(angle), 3 * Math.Sin(angle), 2 * Math.Cos(2 * angle), 2 * Math.Sin(3 * angle)];
    var blurred = curve.Select(value => value + 0.3 * Normal()).ToArray();
    return new() { Features = [.. sides.Select(w => (float)(w.Zip(blurred, (a, b) => a * b).Sum() + 0.5 * Normal()))] };
}

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(20)]
    public float[] Features { get; set; } = [];
}
