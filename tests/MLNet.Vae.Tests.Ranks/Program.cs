using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// One rank of a job that a test starts: what it does is the first argument. It prints a line that begins with its number.
using var group = VaeMpi.Start();
var random = new Random(group.Rank);
var rows = Enumerable.Range(0, group.Rank == 1 ? 70 : 100).Select(_ =>
{
    var (a, b) = (random.NextSingle(), random.NextSingle());
    return new Row { Features = [a, b, a + b, a - b] };
}).ToList();
var mlContext = new MLContext(seed: 1);
switch (args[0])
{
    case "train":
        using (var model = mlContext.Transforms.VaeEmbed(Options()).Fit(mlContext.Data.LoadFromEnumerable(rows)))
        {
            var hash = Convert.ToHexString(SHA256.HashData(model.Model.ToOnnx(VaeGraph.Scorer)));
            Console.WriteLine($"{group.Rank} of {group.Size}: {model.Model.Info.Training!.TrainingRows} rows, {hash}");
        }
        return 0;
    case "sums":
        float[] floats = [group.Rank + 1, 10];
        double[] doubles = [0.5];
        group.Sum(floats);
        group.Sum(doubles);
        var gathered = group.Gather(new byte[group.Rank]);
        Console.WriteLine(
            FormattableString.Invariant($"{group.Rank} of {group.Size}: {floats[0]} {floats[1]} {doubles[0]} ")
            + string.Join(' ', gathered.Select(bytes => bytes.Length)));
        return 0;
    case "throw":
        if (group.Rank == 1)
            group.Abort("Rank 1 of 2 failed, and all end with it: IOException: the disk is gone");
        group.Gather([]);
        return 0;
    case "die":
        if (group.Rank == 1)
            Environment.FailFast("This rank dies.");
        group.Gather([]);
        return 0;
    // The rows of a table that all share, by a detector with checkpoints: one rank dies in the middle, or all get to the end.
    case "detect":
        var shared = Enumerable.Range(0, 240).Where(i => i % group.Size == group.Rank)
            .Select(i => new Order { Kind = i % 3 == 0 ? "parcel" : "letter", Weight = i % 3 == 0 ? 1 + (i % 40 / 10f) : i % 50 / 100f });
        if (args.Length > 2 && group.Rank == 1)
        {
            new Thread(() =>
            {
                while (Directory.GetFiles(args[1], "run*.safetensors").Length == 0)
                    Thread.Sleep(1);
                Environment.FailFast("This rank dies.");
            }).Start();
        }
        mlContext.Log += (_, line) =>
        {
            if (line.Message.Contains("Training goes on from", StringComparison.Ordinal))
                Console.WriteLine($"{group.Rank} of {group.Size}: goes on");
        };
        using (var detector = mlContext.AnomalyDetection.Trainers.Vae(Table()).Fit(mlContext.Data.LoadFromEnumerable(shared)))
        {
            var info = detector.Model.Info;
            var hash = Convert.ToHexString(SHA256.HashData(detector.Model.ToOnnx(VaeGraph.Scorer)));
            Console.WriteLine(FormattableString.Invariant($"{group.Rank} of {group.Size}: {info.Training!.Epochs.Count} epochs, ")
                + FormattableString.Invariant($"{info.Table!.Columns[0].Rows} rows, {hash}"));
        }
        return 0;
    default:
        return 2;
}

VaeTableOptions Table() => new()
{
    Architecture = VaeArchitecture.Mlp(8),
    Training = new()
    {
        Epochs = 30,
        Patience = 30,
        BatchSize = 16,
        Seed = 1,
        Threads = 1,
        Group = group,
        CheckpointFolder = args[1],
        CheckpointEpochs = 5,
    },
};

VaeOptions Options() => new()
{
    Architecture = VaeArchitecture.Mlp(8),
    Latent = VaeLatent.Gaussian(2),
    Training = new() { Epochs = 5, BatchSize = 16, Seed = 1, Threads = 1, Group = group },
};

internal sealed class Order
{
    public string Kind { get; set; } = "";

    public float Weight { get; set; }
}

internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
