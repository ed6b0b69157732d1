using MLNet.Vae.Tests.Estimators;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

public sealed class PipelinesExample
{
    private const int Width = 4;

    [Fact]
    public void Detectors_are_evaluated_and_asked_row_by_row()
    {
        var mlContext = new MLContext(seed: 1);
        var history = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 0));
        var judged = mlContext.Data.LoadFromEnumerable(Rows(200, faults: 20));

        using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { Seed = 1 } }).Fit(history);
        var scored = detector.Transform(judged);
        var ranking = mlContext.AnomalyDetection.Evaluate(scored, labelColumnName: "Number", falsePositiveCount: 5);
        var verdicts = mlContext.BinaryClassification.EvaluateNonCalibrated(scored, labelColumnName: "IsFault");
        Console.WriteLine($"AUC {ranking.AreaUnderRocCurve:F3}, found with 5 false alarms {ranking.DetectionRateAtFalsePositiveCount:P0}");
        Console.WriteLine($"precision {verdicts.PositivePrecision:F2}, recall {verdicts.PositiveRecall:F2}");
        Assert.True(ranking.AreaUnderRocCurve > 0.9);
        Assert.Equal(ranking.AreaUnderRocCurve, verdicts.AreaUnderRocCurve, 1e-6);

        var shared = new PredictionEngineOptions { OwnsTransformer = false };
        using var engine = mlContext.Model.CreatePredictionEngine<Reading, Verdict>(detector, shared);
        var verdict = engine.Predict(new Reading { Features = [1, 2, 3, 4] });
        Assert.True(float.IsFinite(verdict.Score));
        engine.Dispose();
        Assert.Equal(200, detector.Transform(judged).GetColumn<float>("Score").Count());
    }

    [Fact]
    public void A_pipeline_is_one_onnx_file()
    {
        using var folder = new Kit.TemporaryDirectory();
        var path = folder.File("pipeline.onnx");
        var mlContext = new MLContext(seed: 1);
        var history = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 40));
        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("PumpCode", "Pump")
            .Append(mlContext.Transforms.Concatenate("All", "Features", "PumpCode"))
            .Append(mlContext.Transforms.VaeEmbed("Embedding", "All"))
            .Append(mlContext.BinaryClassification.Trainers.FastTree("IsFault", "Embedding"));
        var fitted = pipeline.Fit(history);
        mlContext.Model.ExportPipelineOnnx(fitted, history.Schema, path, "Embedding", "Score");

        using var run = new Kit.OnnxPipelineRun(path, history);
        Assert.Equal(["Features", "Pump"], run.Inputs.Order(StringComparer.Ordinal));
        run.AssertGives(fitted.Transform(history), "Embedding", "Score");
    }

    [Fact]
    public void A_fit_is_stopped_and_gives_the_best_weights_so_far()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var training = new VaeTrainingOptions
        {
            Seed = 1,
            CancellationToken = stop.Token,
            OnCancellation = VaeCancellationBehavior.ReturnBest,
        };

        var progress = new Training.EpochRecorder(_ => stop.Cancel());
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training with { Progress = progress } })
            .Fit(FactorRows.View(mlContext, 100));
        Assert.Equal(VaeStopReason.Cancelled, transformer.History().StopReason);
    }

    [Fact]
    public void Of_more_latent_dimensions_than_features_those_that_are_not_needed_stay_at_the_prior()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 0));
        var options = new VaeOptions { Latent = VaeLatent.Gaussian(2 * Width), Training = new() { Seed = 1 } };
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var view = transformer.Transform(data);
        var (means, logSigmas) = (view.GetColumn<float[]>("Embedding").ToList(), view.GetColumn<float[]>("EmbeddingLogSigma").ToList());
        var unused = Enumerable.Range(0, 2 * Width).Where(slot => means.TrueForAll(row => Math.Abs(row[slot]) < 0.3)).ToList();
        Assert.True(unused.Count >= Width, $"{unused.Count}");
        Assert.All(unused, slot => Assert.All(logSigmas, row => Assert.InRange(row[slot], -0.3f, 0.3f)));
    }

    /// <summary>Two numbers and their sums, but for noise; of a fault the last is another.</summary>
    private static Reading[] Rows(int count, int faults)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (a, b, isFault) = (random.NextSingle(), random.NextSingle(), i < faults);
            return new Reading
            {
                Features = [a, b, a + b + Noise(), a - b + Noise() + (isFault ? 1 : 0)],
                IsFault = isFault,
                Number = isFault ? 1 : 0,
                Pump = i % 3 == 0 ? "north" : "south",
            };
        })];

        float Noise() => 0.05f * (random.NextSingle() - 0.5f);
    }

    private sealed class Reading
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public bool IsFault { get; set; }

        public float Number { get; set; }

        public string Pump { get; set; } = "";
    }

    private sealed class Verdict
    {
        public float Score { get; set; }
    }
}
