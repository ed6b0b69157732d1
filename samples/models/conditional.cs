#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Readings of two machines that follow a load, those of one upside down.
var random = new Random(1);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Readings(600));

var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Machine")
    .Append(mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
    {
        Condition = new() { ColumnName = "Machine" },
        Latent = VaeLatent.Gaussian(2),
        Contamination = 0.02,
        Training = new() { Epochs = 60, LearningRate = 0.01, Seed = 1 },
    }));
var detector = pipeline.Fit(data);
mlContext.Model.Save(detector, data.Schema, path);

// Readings of one machine that come from another are normal readings, but not of this one.
var loaded = mlContext.Model.Load(path, out _);
var right = Readings(200);
var wrong = right.ConvertAll(row => new Reading { Machine = row.Machine == "press" ? "lathe" : "press", Features = row.Features });
Console.WriteLine($"flagged of 200 as they are: {Flagged(right)}");
Console.WriteLine($"flagged of 200 under the other's name: {Flagged(wrong)}");
File.Delete(path);

int Flagged(List<Reading> rows) =>
    loaded.Transform(mlContext.Data.LoadFromEnumerable(rows)).GetColumn<bool>("PredictedLabel").Count(flag => flag);

List<Reading> Readings(int count) => [.. Enumerable.Range(0, count).Select(i =>
{
    var (load, sign) = (Normal(), i % 2 == 0 ? 1 : -1);
    return new Reading
    {
        Machine = i % 2 == 0 ? "press" : "lathe",
        Features = [.. Enumerable.Range(1, 5).Select(j => (float)(sign * j + load + 0.2 * Normal()))],
    };
})];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Reading
{
    public string Machine { get; set; } = "";

    [VectorType(5)]
    public float[] Features { get; set; } = [];
}
