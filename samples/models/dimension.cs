#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Points of a plane, seen from eight sides, with the same noise in each view.
var random = new Random(1);
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => (X: Normal(), Y: Normal())).Select(point => new Row
{
    Features = [.. Enumerable.Range(0, 8).Select(j => Math.PI * j / 8)
        .Select(angle => (float)(point.X * Math.Cos(angle) + point.Y * Math.Sin(angle) + 0.3 * Normal()))],
}).ToList());

var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(32),
    Training = new() { Epochs = 60, LearningRate = 0.01, Seed = 1 },
};
var report = VaeDimensionReport.Measure(mlContext, data, options, 1, 2, 3, 4);
Console.WriteLine(report);
var chosen = options with { Latent = VaeLatent.Gaussian(report.Suggested.Dimension) };
using var transformer = mlContext.Transforms.VaeEmbed(chosen).Fit(data);
mlContext.Model.Save(transformer, data.Schema, "chosen.zip");

using var loaded = VaeTransformer.From(mlContext, "chosen.zip");
Console.WriteLine($"chosen and saved: {loaded.Model.Info.LatentDimension} dimensions");
File.Delete("chosen.zip");

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(8)]
    public float[] Features { get; set; } = [];
}
