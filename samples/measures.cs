#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Sticks of two kinds: a length, an angle of less than a quarter turn, and noise.
var random = new Random(1);
double[] lengths = [.. Enumerable.Range(0, 1_000).Select(_ => 1 + random.NextDouble())];
double[] angles = [.. lengths.Select(_ => 80 * random.NextDouble())];
int[] kinds = [.. lengths.Select(_ => random.Next(2))];
float[][] rows = [.. lengths.Select((length, i) =>
{
    var (sine, cosine) = Math.SinCos(angles[i] * Math.PI / 180);
    double[] values = [length, length * cosine, length * sine, kinds[i], kinds[i] * length, 1 - kinds[i]];
    return Array.ConvertAll(values, value => (float)(value + 0.05 * Normal()));
})];
var (trainingRows, heldOutRows) = (rows[..800], rows[800..]);

var mlContext = new MLContext(seed: 1);
var options = VaeOptions.BetaVae(3, 1) with
{
    Architecture = VaeArchitecture.Mlp(32),
    Training = new() { Epochs = 40, LearningRate = 0.01, Seed = 1, Threads = 1 },
};
using var transformer = mlContext.Transforms.VaeEmbed(options)
    .Fit(mlContext.Data.LoadFromEnumerable(trainingRows.Select(features => new Row { Features = features })));
using var generator = VaeGenerator.From(transformer);

var scores = VaeDisentanglement.Measure(
    generator.Encode(rows),
    [VaeFactor.Ordered("length", lengths), VaeFactor.Ordered("angle", angles), VaeFactor.Categorical("kind", kinds)],
    seed: 1);
Console.WriteLine(scores);
foreach (var factor in scores.Factors)
    Console.WriteLine(factor);
Console.WriteLine($"informativeness by itself {scores.Informativeness:F3}");

var (wide, narrow) = (VaeDivergence.Gaussian(0, 2), VaeDivergence.Gaussian(0, 0.5));   // 0.81 and 0.32 nats: it is not symmetric
float[] mean = [1, 0], sigma = [0.5f, 1];
var nats = VaeDivergence.Gaussian(mean, sigma, mean2: [0, 0], sigma2: [1, 1]);
Console.WriteLine($"wide {wide:F2}, narrow {narrow:F2}");
Console.WriteLine($"of two dimensions {nats:F4}, of the first alone {VaeDivergence.Gaussian(1, 0.5):F4}");

var coverage = VaePriorCoverage.Measure(generator, trainingRows, heldOutRows, count: 1_000, seed: 1);
Console.WriteLine($"{coverage.NearShare:P0} of the samples stay near, {coverage.DistanceRatio:F2} times as far from training rows as held-out rows");
var worst = coverage.Samples.MaxBy(sample => sample.LatentDistance)!;
Console.WriteLine($"near share {coverage.NearShare:F3}; the farthest sample is at {worst.LatentDistance / coverage.NearLimit:F2} limits");

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
