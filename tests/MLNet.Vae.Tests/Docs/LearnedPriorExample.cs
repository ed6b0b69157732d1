using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Docs;

public sealed class LearnedPriorExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("machines.zip");
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Rows(600, seed: 1));

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
        var loaded = mlContext.Model.Load(path, out _);
        var swings = mlContext.Data.LoadFromEnumerable(
            Rows(200, seed: 2).Where(row => !row.Idle).Select(row => new Reading { Idle = true, Features = row.Features })
        );
        using var plain = mlContext
            .AnomalyDetection.Trainers.Vae(options with { Condition = options.Condition with { LearnedPrior = false } })
            .Fit(data);
        var (found, foundByPlain) = (Anomalies(loaded), Anomalies(plain));
        Assert.InRange(found, 70, 100);
        Assert.InRange(foundByPlain, 0, found / 4);

        int Anomalies(ITransformer model) => model.Transform(swings).GetColumn<bool>("PredictedLabel").Count(anomalous => anomalous);
    }

    private static IEnumerable<Reading> Rows(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i =>
        {
            var idle = i % 2 == 0;
            var swing = (idle ? 0.1 : 3) * Trainer.Normal(random);
            return new Reading
            {
                Idle = idle,
                Features = [.. Enumerable.Range(1, 5).Select(j => (float)((j * swing) + (0.1 * Trainer.Normal(random))))],
            };
        });
    }

    public sealed class Reading
    {
        public bool Idle { get; set; }

        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }
}
