#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// A history of a machine that runs well: its power follows its speed, and its temperature both.
var random = new Random(1);
var history = Enumerable.Range(0, 2_000).Select(_ =>
{
    var speed = 600 + 300 * random.NextSingle();
    var power = speed / 100 + random.NextSingle();
    var temperature = 20 + 4 * power + 2 * random.NextSingle();
    return new Reading { Mode = speed > 750 ? "fast" : "slow", Speed = speed, Power = power, Temperature = temperature };
}).ToArray();

var mlContext = new MLContext(seed: 1);
using var detector = mlContext.AnomalyDetection.Trainers
    .Vae(new VaeTableOptions { ContributionsColumnName = "Nats", Training = new() { Seed = 1 } })
    .Fit(mlContext.Data.LoadFromEnumerable(history));

// Each value is one that the history has too; it is how they go together that is new.
Reading[] fresh =
[
    new() { Mode = "fast", Speed = 800, Power = 8.5f, Temperature = 55 },
    new() { Mode = "slow", Speed = 650, Power = 7, Temperature = 58 },
    new() { Mode = "slow", Speed = 850, Power = float.NaN, Temperature = 56 },
];
var scored = detector.Transform(mlContext.Data.LoadFromEnumerable(fresh));
VBuffer<ReadOnlyMemory<char>> columns = default;
scored.Schema["Nats"].GetSlotNames(ref columns);
foreach (var row in mlContext.Data.CreateEnumerable<Verdict>(scored, reuseRowObject: false))
{
    var worst = columns.GetItemOrDefault(Array.IndexOf(row.Nats, row.Nats.Max()));
    Console.WriteLine($"{(row.PredictedLabel ? "unlike the others" : "as usual"),-16}  p {row.PValue:F3}  score {row.Score,6:F1}"
        + (row.PredictedLabel ? $"  most of all {worst}" : ""));
}

public class Reading
{
    public string Mode { get; set; } = "";

    public float Speed { get; set; }

    public float Power { get; set; }

    public float Temperature { get; set; }
}

public class Verdict
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public float PValue { get; set; }

    public float[] Nats { get; set; } = [];
}
