using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary><c>child</c>: the jobs that <see cref="Child"/> starts.</summary>
internal static class ChildJobs
{
    public const int Features = 30, Hidden = 64, Latent = 8;
    private const int DistinctRows = 10_000;

    public static Command Create()
    {
        var job = new Argument<string>("job");
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("child", "A job of a measurement, in a process of its own.") { job, arguments };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetRequiredValue(job), parsed.GetValue(arguments) ?? []));
        return command;
    }

    private static int Run(string job, string[] arguments)
    {
        switch (job)
        {
            case "score":
                Report(() => Score(Number(arguments[0])));
                break;
            case "train":
                Report(() => Train((int)Number(arguments[0]), (int)Number(arguments[1]), Number(arguments[2])));
                break;
            case "limit":
                // The libraries, and what they take, are there before the rows are.
                Train(rows: 1_000, epochs: 1, MemoryTable.NoLimit);
                Report(() => Train((int)Number(arguments[0]), (int)Number(arguments[1]), Number(arguments[2]), Share(arguments[3])));
                break;
            case "fit":
                var numbers = Array.ConvertAll(arguments, text => (int)Number(text));
                Report(Fit(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]));
                break;
            case BusyCore.Job:
                BusyCore.Spin();
                break;
            case "first-prediction":
                FirstPrediction(arguments[0]);
                break;
            case "first-copy":
                FirstCopy();
                break;
            case "first-run":
                FirstRun(arguments[0]);
                break;
            default:
                Console.Error.WriteLine($"There is no job '{job}'.");
                return 1;
        }
        return 0;

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
        static double Share(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the embedding of every row.</summary>
    private static double Score(long rows)
    {
        var model = SampleNetwork.Model(Features, Hidden, Latent);
        using var transformer = new VaeTransformer(new MLContext(), model, new() { Threads = 1 });
        return Rows.Read(
            transformer.Transform(new ArrayView(SampleNetwork.Values(DistinctRows * Features, seed: 1), Features, rows)),
            "Embedding",
            rows
        );
    }

    /// <summary>Trains and returns the bound on rows held out, nats per row.</summary>
    private static double Train(int rows, int epochs, long memoryLimit, double heldOut = 0.1)
    {
        var mlContext = new MLContext();
        var data = new ArrayView(FactorValues(DistinctRows, Features), Features, rows);
        using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Latent = VaeLatent.Gaussian(Latent),
            Architecture = VaeArchitecture.Mlp(Hidden),
            Training = new() { Epochs = epochs, Seed = 1, Threads = 1, MemoryLimit = memoryLimit, ValidationFraction = heldOut },
        }).Fit(data);
        return Trained.Sound(transformer.Model.Info.Training!).Best.ValidationElbo!.Value;
    }

    /// <summary>A fit of so many epochs; hidden units, latent dimensions and threads of 0 are the library's own.</summary>
    /// <returns>Does it, and returns the threads of torch that it had.</returns>
    private static Func<double> Fit(int rows, int features, int epochs, int hidden, int latent, int threads)
    {
        var had = 0;
        var options = new VaeOptions
        {
            Training = new()
            {
                Epochs = epochs,
                Patience = epochs,
                Seed = 1,
                Threads = threads == 0 ? null : threads,
                Progress = new Observer(() => had = TorchSharp.torch.get_num_threads()),
            },
        };
        if (hidden > 0)
            options = options with { Architecture = VaeArchitecture.Mlp(hidden), Latent = VaeLatent.Gaussian(latent) };
        var data = new ArrayView(FactorValues(rows, features), features);
        return () =>
        {
            using var transformer = new MLContext().Transforms.VaeEmbed(options).Fit(data);
            Trained.Sound(transformer.Model.Info.Training!);
            return had;
        };
    }

    /// <summary>Loads a saved model, as a service does when it starts, and predicts one row.</summary>
    private static void FirstPrediction(string path)
    {
        var mlContext = new MLContext();
        using var transformer = VaeTransformer.From(mlContext, path);
        using var engine = mlContext.Model.CreatePredictionEngine<Row, Embedded>(transformer);
        Console.WriteLine(Child.Line("first-prediction", engine.Predict(new Row { Features = new float[Features] }).Embedding[0]));
    }

    /// <summary>ML.NET's own engine over a copy of a column: what is left when nothing is ours.</summary>
    private static void FirstCopy()
    {
        var mlContext = new MLContext();
        var copying = mlContext.Transforms.CopyColumns("Embedding", "Features").Fit(mlContext.Data.LoadFromEnumerable(Array.Empty<Row>()));
        using var engine = mlContext.Model.CreatePredictionEngine<Row, Copied>(copying);
        Console.WriteLine(Child.Line("first-copy", engine.Predict(new Row { Features = new float[Features] }).Embedding[0]));
    }

    /// <summary>The same model's encoder, by ONNX Runtime alone.</summary>
    private static void FirstRun(string path)
    {
        using var session = new InferenceSession(path);
        using var options = new RunOptions();
        using var row = OrtValue.CreateTensorValueFromMemory(new float[Features], [1, Features]);
        using var mean = session.Run(options, ["features"], [row], ["mean"]);
        Console.WriteLine(Child.Line("first-run", mean[0].GetTensorDataAsSpan<float>()[0]));
    }

    private static void Report(Func<double> work)
    {
        var before = PeakMiB();
        var clock = Stopwatch.StartNew();
        var value = work();
        Console.WriteLine(JsonSerializer.Serialize(new ChildResult(clock.Elapsed.TotalSeconds, before, PeakMiB(), value)));
    }

    private static double PeakMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }

    /// <summary>Three factors in all features, and noise.</summary>
    private static float[] FactorValues(int rows, int features)
    {
        const int Factors = 3;
        var random = new Random(1);
        var loadings = Enumerable.Range(0, Factors * features).Select(_ => Normal(random)).ToArray();
        var values = new float[rows * features];
        var factors = new float[Factors];
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < Factors; k++)
                factors[k] = Normal(random);
            for (var j = 0; j < features; j++)
            {
                values[row * features + j] =
                    Enumerable.Range(0, Factors).Sum(k => factors[k] * loadings[k * features + j]) + 0.3f * Normal(random);
            }
        }
        return values;
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private sealed class Observer(Action told) : IProgress<VaeTrainingProgress>
    {
        public void Report(VaeTrainingProgress value) => told();
    }

    private sealed class Row
    {
        [VectorType(ChildJobs.Features)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Copied
    {
        [VectorType(ChildJobs.Features)]
        public float[] Embedding { get; set; } = [];
    }

    private sealed class Embedded
    {
        [VectorType(Latent)]
        public float[] Embedding { get; set; } = [];
    }
}
