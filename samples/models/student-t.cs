#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Six numbers that one cause explains; in one row of fifty a value is far off.
var random = new Random(1);
float[][] rows = [.. Enumerable.Range(0, 400).Select(i => (Cause: Normal(), IsWild: i % 50 == 0)).Select(row =>
    Enumerable.Range(0, 6).Select(j => (float)(row.Cause + 0.3 * Normal() + (row.IsWild && j == 2 ? 30 : 0))).ToArray())];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    Likelihood = VaeLikelihood.StudentT(),
    Latent = VaeLatent.Gaussian(2),
    ReconstructionColumnName = "Expected",
    ScoreColumnName = "Score",
};
var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);

var scores = transformer.Transform(data).GetColumn<float>("Score").ToArray();
Console.WriteLine($"least of the wild rows {scores.Where((_, i) => i % 50 == 0).Min():F2} nats");
Console.WriteLine($"greatest of the others {scores.Where((_, i) => i % 50 != 0).Max():F2} nats");
transformer.Dispose();

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
