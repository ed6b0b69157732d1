#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Rows of four kinds in turn, each a curved line with noise around it.
var random = new Random(1);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 600).Select(row => Create(row % 4)).ToList());

var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
{
    Latent = VaeLatent.GaussianMixture(dimension: 3, components: 4),
    ComponentsColumnName = "Kinds",
    Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 0.003, Restarts = 2, Seed = 1 },
});
using var transformer = estimator.Fit(data);
mlContext.Model.Save(transformer, data.Schema, path);
var loaded = mlContext.Model.Load(path, out _).Transform(data);
var kinds = loaded.GetColumn<float[]>("Kinds").Select(p => Array.IndexOf(p, p.Max())).ToArray();   // the likeliest component of each row
var shares = transformer.Model.Info.Components!.Select(component => component.Weight).ToArray();   // what part of the rows each has

var alike = kinds.Index().GroupBy(row => row.Item, row => row.Index % 4).Sum(rows => rows.CountBy(kind => kind).Max(kind => kind.Value));
Console.WriteLine($"rows of the kind that most rows of their component are of: {alike} of 600");
Console.WriteLine($"shares {string.Join(' ', shares.Select(share => $"{share:F3}"))}");
File.Delete(path);

Row Create(int kind)
{
    var t = 2 * random.NextDouble() - 1;
    return new() { Features = [.. Enumerable.Range(0, 8).Select(j =>
        (float)(3 * Math.Sin((kind + 1) * (j + 1) + 0.5 * t) + t * t * Math.Cos(kind + j) + 0.3 * Normal()))] };
}

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(8)]
    public float[] Features { get; set; } = [];
}
