#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// A machine that swings little when it is idle, and much when it runs.
var random = new Random(1);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Readings(600));

var options = new VaeAnomalyOptions
{
    Condition = new() { ColumnName = "Idle", LearnedPrior = true },
    Architecture = VaeArchitecture.Linear,
    Latent = VaeLatent.Gaussian(1),
    Contamination = 0.02,
    Training = new() { Epochs = 80, LearningRate = 0.03, Seed = 1 },
};
var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(data);
mlContext.Model.Save(detector, data.Schema, path);

// A swing that is nothing to a running machine is odd of an idle one.
var swings = mlContext.Data.LoadFromEnumerable(
    Readings(200).Where(row => !row.Idle).Select(row => new Reading { Idle = true, Features = row.Features }).ToList());
using var plain = mlContext.AnomalyDetection.Trainers
    .Vae(options with { Condition = options.Condition with { LearnedPrior = false } }).Fit(data);
Console.WriteLine($"flagged of 100 swings of an idle machine: {Flagged(mlContext.Model.Load(path, out _))}");
Console.WriteLine($"without a prior of the condition: {Flagged(plain)}");
File.Delete(path);

int Flagged(ITransformer model) => model.Transform(swings).GetColumn<bool>("PredictedLabel").Count(flag => flag);

List<Reading> Readings(int count) => [.. Enumerable.Range(0, count).Select(i =>
{
    var swing = (i % 2 == 0 ? 0.1 : 3) * Normal();
    return new Reading
    {
        Idle = i % 2 == 0,
        Features = [.. Enumerable.Range(1, 5).Select(j => (float)(j * swing + 0.1 * Normal()))],
    };
})];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Reading
{
    public bool Idle { get; set; }

    [VectorType(5)]
    public float[] Features { get; set; } = [];
}
