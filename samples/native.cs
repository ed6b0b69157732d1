#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Where it is trained there is ML.NET; what scores below needs MLNet.Vae.Runtime alone.
var random = new Random(1);
float[][] table = [.. Enumerable.Range(0, 300).Select(_ => random.NextSingle())
    .Select(cause => new[] { cause, 1 - cause, 2 * cause, random.NextSingle() })];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(table.Select(features => new Row { Features = features }));
using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
{
    Architecture = VaeArchitecture.Mlp(16),
    Latent = VaeLatent.Gaussian(2),
    Contamination = 0.02,
    Training = new() { Epochs = 10, Seed = 1 },
}).Fit(data);
using (var file = File.Create("scorer.onnx"))
    detector.Model.ExportOnnx(VaeGraph.Scorer, file);

using var scorer = VaeModel.Load("scorer.onnx").CreateScorer(new() { Threads = 1 });
var (count, features) = (table.Length, scorer.Model.Info.FeatureCount);
float[] rows = [.. table.SelectMany(row => row)];                 // [count, features], one row after the other
var scores = new float[count];
scorer.Score(rows, scores);
for (var row = 0; row < count; row++)
{
    if (scorer.PredictedLabel(scores[row]))
        Console.WriteLine($"row {row}: score {scores[row]}, p-value {scorer.PValue(scores[row])}");
}

var embedding = new float[count * scorer.Model.Info.LatentDimension];
scorer.Encode(rows, embedding);
var contributions = new float[count * features];
scorer.Contributions(rows, scores, contributions);                // each feature's share, in the same run
var reconstruction = new float[count * features];
scorer.Reconstruct(rows, reconstruction);

using var generator = VaeGenerator.From("scorer.onnx");
var samples = generator.Sample(count: 100, seed: 1).Rows;         // 100 arrays of as many values as there are features
var decoded = generator.Decode(generator.Encode(table)).Rows;

var scored = detector.Transform(data);
var off = scored.GetColumn<float>("Score")
    .Zip(scores, (with, alone) => Math.Abs(with - alone) / Math.Max(1, Math.Abs(with))).Max();
var same = scored.GetColumn<bool>("PredictedLabel").Zip(scores).Count(row => row.First == scorer.PredictedLabel(row.Second));
Console.WriteLine($"flagged: {scores.Count(scorer.PredictedLabel)}");
Console.WriteLine($"with ML.NET scores differ by {off:F6} at most, labels agree in {same} rows");
int[] counts = [embedding.Length, contributions.Length, reconstruction.Count(float.IsFinite), samples.Count, decoded.Count];
Console.WriteLine($"counts {string.Join(' ', counts)}");
File.Delete("scorer.onnx");

public class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
