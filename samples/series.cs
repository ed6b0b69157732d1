#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Two pumps in turn; at the end of the second day a valve is half closed.
var mlContext = new MLContext(seed: 1);
var day = Readings(600, seed: 2);
foreach (var reading in day[400..])
    reading.Flow -= 1.5f;
var (history, today) = (mlContext.Data.LoadFromEnumerable(Readings(2_000, seed: 1)), mlContext.Data.LoadFromEnumerable(day));

var options = new VaeSeriesOptions
{
    Window = new()
    {
        Columns = ["Pressure", "Flow"],
        Steps = 40,
        KeyColumnName = "Machine",
        TimeColumnName = "Time",
        MaximumGap = TimeSpan.FromMinutes(5),
    },
    Training = new() { Seed = 1, ValidationSplit = VaeValidationSplit.Last },
};
using var detector = mlContext.AnomalyDetection.Trainers.VaeSeries(options).Fit(history);
var scored = detector.Transform(today);
float[] scores = [.. scored.GetColumn<float>("Score")];
bool[] alarms = [.. scored.GetColumn<bool>("PredictedLabel")];
float[][] shares = [.. scored.GetColumn<float[]>("ChannelScores")];

// A machine has 40 readings until its first window is whole.
Console.WriteLine($"alarms while all is well: {alarms[80..400].Count(alarm => alarm)} of 320");
Console.WriteLine($"alarms of the valve: {alarms[440..].Count(alarm => alarm)} of 160");
Console.WriteLine($"of them by the flow: {shares[440..].Count(share => share[1] > share[0])}");

foreach (var channel in detector.Model.Info.Series!.Channels)
    Console.WriteLine($"{channel.Name}: worth {channel.EffectiveReadings:F0} readings, judged: {channel.IsJudged}");

using var engine = detector.CreateEngine();
var found = engine.Predict([4.2f, 1.7f], new DateTime(2026, 3, 1, 8, 0, 0), key: "Pump 7");
if (found.PredictedLabel)
    Console.WriteLine($"{found.Score:F1} nats, expected {string.Join(", ", found.Expected)}");

using (var file = File.Create("engine.state"))
    engine.Save(file);
using var resumed = detector.CreateEngine(File.OpenRead("engine.state"));
Console.WriteLine($"The engine goes on with {string.Join(", ", resumed.Keys)}.");

mlContext.Model.Save(detector, history.Schema, "pump.zip");
using var loaded = VaeSeriesTransformer.From(mlContext, "pump.zip");
Console.WriteLine($"The loaded detector gives the same scores: {loaded.Transform(today).GetColumn<float>("Score").SequenceEqual(scores)}");

var embedded = mlContext.Transforms.VaeWindow("Window", ["Pressure", "Flow"], steps: 40)
    .Append(mlContext.Transforms.VaeEmbed(new VaeOptions
    {
        InputColumnName = "Window",
        OutputColumnName = "Embedding",
        Architecture = VaeArchitecture.Convolutional1D(steps: 40, channels: 2),
        Training = new() { Seed = 1, Epochs = 5, ValidationSplit = VaeValidationSplit.Last, ValidationGap = 40 },
    }))
    .Fit(history);
Console.WriteLine($"windows of 600 readings: {embedded.Transform(today).GetColumn<float[]>("Embedding").Count()}");
File.Delete("engine.state");
File.Delete("pump.zip");

static Reading[] Readings(int count, int seed)
{
    var random = new Random(seed);
    return
    [
        .. Enumerable.Range(0, count).Select(i => new Reading
        {
            Machine = $"Pump {7 + i % 2}",
            Time = new DateTime(2026, 3, 1).AddSeconds(i / 2),
            Pressure = (float)(4 + Math.Sin(i / 5.0) + 0.3 * Normal()),
            Flow = (float)(2 + Math.Cos(i / 5.0) + 0.3 * Normal()),
        }),
    ];

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}

public class Reading
{
    public string Machine { get; set; } = "";

    public DateTime Time { get; set; }

    public float Pressure { get; set; }

    public float Flow { get; set; }
}
