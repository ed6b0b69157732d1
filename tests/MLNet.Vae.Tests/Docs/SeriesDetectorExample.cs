using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines of docs/series.md.</summary>
public sealed class SeriesDetectorExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        using var directory = new TemporaryDirectory();
        var (zip, state) = (directory.File("pump.zip"), directory.File("engine.state"));
        var mlContext = new MLContext(seed: 1);
        var (rows, faulty) = (Rows(2_000, seed: 1), Rows(600, seed: 2));
        foreach (var reading in faulty[400..])
            reading.Flow -= 1.5f;
        var (history, today) = (mlContext.Data.LoadFromEnumerable(rows), mlContext.Data.LoadFromEnumerable(faulty));

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

        foreach (var channel in detector.Model.Info.Series!.Channels)
            Console.WriteLine($"{channel.Name}: worth {channel.EffectiveReadings:F0} readings, judged: {channel.IsJudged}");

        using var engine = detector.CreateEngine();
        var found = engine.Predict([4.2f, 1.7f], new DateTime(2026, 3, 1, 8, 0, 0), key: "Pump 7");
        if (found.PredictedLabel)
            Console.WriteLine($"{found.Score:F1} nats, expected {string.Join(", ", found.Expected)}");

        using (var file = File.Create(state))
            engine.Save(file);
        using var resumed = detector.CreateEngine(File.OpenRead(state));

        mlContext.Model.Save(detector, history.Schema, zip);
        using var loaded = VaeSeriesTransformer.From(mlContext, zip);

        var embedded = mlContext.Transforms.VaeWindow("Window", ["Pressure", "Flow"], steps: 40)
            .Append(mlContext.Transforms.VaeEmbed(new VaeOptions
            {
                InputColumnName = "Window",
                OutputColumnName = "Embedding",
                Architecture = VaeArchitecture.Convolutional1D(steps: 40, channels: 2),
                Training = new() { Seed = 1, Epochs = 5, ValidationSplit = VaeValidationSplit.Last, ValidationGap = 40 },
            }))
            .Fit(history);

        Assert.Equal(561, embedded.Transform(today).GetColumn<float[]>("Embedding").Count());
        embedded.LastTransformer.Dispose();
        Assert.Equal(["Pump 7"], resumed.Keys);
        Assert.Equal(scores, loaded.Transform(today).GetColumn<float>("Score").ToArray());
        // Two machines in turn: each has 40 readings until its first window is whole.
        Assert.InRange(alarms[80..400].Count(alarm => alarm), 0, 16);
        Assert.True(alarms[440..].All(alarm => alarm));
        Assert.All(shares[440..], share => Assert.True(share[1] > share[0]));
    }

    private static Reading[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Reading
            {
                Machine = $"Pump {7 + i % 2}",
                Time = new DateTime(2026, 3, 1).AddSeconds(i / 2),
                Pressure = (float)(4 + Math.Sin(i / 5.0) + 0.3 * Trainer.Normal(random)),
                Flow = (float)(2 + Math.Cos(i / 5.0) + 0.3 * Trainer.Normal(random)),
            }),
        ];
    }

    private sealed class Reading
    {
        public string Machine { get; set; } = "";

        public DateTime Time { get; set; }

        public float Pressure { get; set; }

        public float Flow { get; set; }
    }
}
