using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Docs;

public sealed class ConditionalExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("machines.zip");
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Rows(600, seed: 1));

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
        var swapped = Rows(200, seed: 2)
            .Select(row => new Reading { Machine = row.Machine == "press" ? "lathe" : "press", Features = row.Features });
        var right = loaded.Transform(mlContext.Data.LoadFromEnumerable(Rows(200, seed: 2))).GetColumn<bool>("PredictedLabel");
        var wrong = loaded.Transform(mlContext.Data.LoadFromEnumerable(swapped)).GetColumn<bool>("PredictedLabel");
        Assert.InRange(right.Count(anomalous => anomalous), 0, 20);
        Assert.InRange(wrong.Count(anomalous => anomalous), 190, 200);
    }

    private static IEnumerable<Reading> Rows(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i =>
        {
            var load = Trainer.Normal(random);
            var sign = i % 2 == 0 ? 1 : -1;
            return new Reading
            {
                Machine = i % 2 == 0 ? "press" : "lathe",
                Features = [.. Enumerable.Range(1, 5).Select(j => (float)((sign * j) + load + (0.2 * Trainer.Normal(random))))],
            };
        });
    }

    public sealed class Reading
    {
        public string Machine { get; set; } = "";

        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }
}
