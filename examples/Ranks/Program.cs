using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using static System.FormattableString;

// Trains one model on the rows of all ranks, and tells rows a second and what a step's sum over the ranks takes of it:
//   dotnet build -c Release examples/Ranks
//   mpirun -n 2 dotnet artifacts/bin/Ranks/release/Ranks.dll
// Arguments: rows of each rank, features, units of a hidden layer, steps between averages, seed, epochs, rows of a step of all ranks.
using var group = VaeMpi.Start();
var (rows, features, units, every) = (Argument(0, 20_000), Argument(1, 64), Argument(2, 256), Argument(3, 1));
var (seed, epochs, batch) = (Argument(4, 1), Argument(5, 5), Argument(6, 128));

var mlContext = new MLContext(seed: 1);
// Here made up by each rank; in earnest each loads its own files: paths.Where((_, i) => i % group.Size == group.Rank).
var random = new Random(group.Rank);
var data = mlContext.Data.LoadFromEnumerable(
    Enumerable.Range(0, rows).Select(_ => new Row { Features = Row.Of(random, features) }).ToList(), Row.Schema(features));
var options = new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(units),
    Latent = VaeLatent.Gaussian(8),
    Training = new()
    {
        Epochs = epochs,
        BatchSize = Math.Max(1, batch / group.Size),
        Seed = seed,
        Threads = 1,
        Group = group,
        SynchronizeEvery = group.Size > 1 ? every : 1,
    },
};
var clock = Stopwatch.StartNew();
using var model = mlContext.Transforms.VaeEmbed(options).Fit(data);
var seconds = clock.Elapsed.TotalSeconds;

// The weights of the model, roughly, summed as a step sums its gradient.
var vector = new float[(2 * features * units) + (24 * units)];
const int Sums = 200;
clock.Restart();
for (var i = 0; i < Sums; i++)
    group.Sum(vector);
var sum = clock.Elapsed.TotalMilliseconds / Sums;
if (group.Rank == 0)
{
    var training = model.Model.Info.Training!;
    var steps = training.Epochs.Count * Math.Ceiling(rows * 0.9 / options.Training.BatchSize);
    var nats = training.FinalValidationElbo;
    mlContext.Model.Save(model, data.Schema, "model.zip");
    Console.WriteLine(Invariant($"{group.Size} ranks, {rows} rows of {features} features each, {units} units, {vector.Length} weights: ")
        + Invariant($"{training.TrainingRows * training.Epochs.Count / seconds:N0} rows/s, {1_000 * seconds / steps:F2} ms a step, ")
        + Invariant($"{sum:F3} ms a sum, held out {nats:F3} nats. Written: model.zip"));
}

int Argument(int place, int otherwise) => args.Length > place ? int.Parse(args[place]) : otherwise;

internal sealed class Row
{
    public float[] Features { get; set; } = [];

    public static float[] Of(Random random, int width)
    {
        var factors = Enumerable.Range(0, 6).Select(_ => random.NextSingle() - 0.5f).ToArray();
        return [.. Enumerable.Range(0, width).Select(i
            => factors[i % 6] + (factors[i % 5] * factors[i % 3]) + (0.1f * random.NextSingle()))];
    }

    public static SchemaDefinition Schema(int width)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return schema;
    }
}
