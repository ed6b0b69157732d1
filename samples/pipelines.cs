#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.ML.FastTree@5.0.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using OnnxSession = Microsoft.ML.OnnxRuntime.InferenceSession;

// Two numbers, their sum and their difference, but for noise; of a fault the last is another.
var mlContext = new MLContext(seed: 1);
{
    var history = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 0));
    var judged = mlContext.Data.LoadFromEnumerable(Rows(200, faults: 20));

    using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { Seed = 1 } }).Fit(history);
    var scored = detector.Transform(judged);
    var ranking = mlContext.AnomalyDetection.Evaluate(scored, labelColumnName: "Number", falsePositiveCount: 5);
    Console.WriteLine($"AUC {ranking.AreaUnderRocCurve:F3}, found with 5 false alarms {ranking.DetectionRateAtFalsePositiveCount:P0}");
    var verdicts = scored.GetColumn<bool>("PredictedLabel").Zip(scored.GetColumn<bool>("IsFault"), (flag, fault) => (flag, fault)).ToList();
    Console.WriteLine($"precision {verdicts.Where(row => row.flag).Average(row => row.fault ? 1 : 0):F2}");
    Console.WriteLine($"recall {verdicts.Where(row => row.fault).Average(row => row.flag ? 1 : 0):F2}");
    var binary = mlContext.BinaryClassification.EvaluateNonCalibrated(scored, labelColumnName: "IsFault");
    Console.WriteLine($"the binary evaluator's AUC {binary.AreaUnderRocCurve:F3}");

    var shared = new PredictionEngineOptions { OwnsTransformer = false };
    using var engine = mlContext.Model.CreatePredictionEngine<Reading, Verdict>(detector, shared);
    var verdict = engine.Predict(new Reading { Features = [1, 2, 3, 4] });
    engine.Dispose();
    var rows = detector.Transform(judged).GetColumn<float>("Score").Count();
    Console.WriteLine($"score of one row {verdict.Score:F1}; the detector goes on: {rows} rows");
}
{
    // A time limit, here by a token that the third epoch cancels.
    using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
    var training = new VaeTrainingOptions
    {
        Seed = 1,
        CancellationToken = stop.Token,
        OnCancellation = VaeCancellationBehavior.ReturnBest,
    };

    var history = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 0));
    var progress = new Stopper(stop);
    using var model = mlContext.Transforms.VaeEmbed(new VaeOptions { Training = training with { Progress = progress } }).Fit(history);
    var fit = model.Model.Info.Training!;
    Console.WriteLine($"{fit.StopReason} after {fit.Epochs.Count} epochs");
}
{
    var history = mlContext.Data.LoadFromEnumerable(Rows(400, faults: 40));
    var path = Path.GetTempFileName();

    var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("PumpCode", "Pump")
        .Append(mlContext.Transforms.Concatenate("All", "Features", "PumpCode"))
        .Append(mlContext.Transforms.VaeEmbed("Embedding", "All"))
        .Append(mlContext.BinaryClassification.Trainers.FastTree("IsFault", "Embedding"));
    var fitted = pipeline.Fit(history);
    mlContext.Model.ExportPipelineOnnx(fitted, history.Schema, path, "Embedding", "Score");

    using (var session = new OnnxSession(path))
    {
        Console.WriteLine($"inputs {string.Join(' ', session.InputNames.Order())}");
        Console.WriteLine($"outputs {string.Join(' ', session.OutputNames.Order())}");
    }
    File.Delete(path);
}

static Reading[] Rows(int count, int faults)
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

public class Stopper(CancellationTokenSource stop) : IProgress<VaeTrainingProgress>
{
    private int _epochs;

    public void Report(VaeTrainingProgress value)
    {
        if (++_epochs == 3)
            stop.Cancel();
    }
}

public class Reading
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public bool IsFault { get; set; }

    public float Number { get; set; }

    public string Pump { get; set; } = "";
}

public class Verdict
{
    public float Score { get; set; }
}
