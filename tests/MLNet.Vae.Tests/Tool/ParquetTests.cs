using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Parquet.Schema;
using Parquet.Serialization;

namespace MLNet.Vae.Tests.Tool;

/// <summary>Parquet files in and out: types and nulls stay.</summary>
public sealed class ParquetTests
{
    [Fact]
    public async Task Types_and_values_stay_and_nulls_are_filled()
    {
        using var directory = new TemporaryDirectory();
        var (file, model) = (directory.File("readings.parquet"), directory.File("model.zip"));
        await using (var stream = File.Create(file))
            await ParquetSerializer.SerializeAsync(Readings().ToList(), stream, cancellationToken: TestContext.Current.CancellationToken);

        await ToolRun.Done("fit", file, "-o", model, "--epochs", "3", "--sampler");
        await ToolRun.Done("score", model, file, "-o", directory.File("scored.parquet"));
        await ToolRun.Done("score", model, file, "-o", directory.File("scored.csv"));
        await ToolRun.Done("impute", file, "-o", directory.File("filled.parquet"), "--model", model);
        await ToolRun.Done("sample", model, "-n", "30", "-o", directory.File("drawn.parquet"));

        var (schema, before) = await Read(file);
        var (scoredSchema, scored) = await Read(directory.File("scored.parquet"));
        var (filledSchema, filled) = await Read(directory.File("filled.parquet"));
        var (_, drawn) = await Read(directory.File("drawn.parquet"));
        Assert.Equal(
            [.. Types(schema), ("Score", typeof(float)), ("PredictedLabel", typeof(bool)), ("PValue", typeof(float))], Types(scoredSchema));
        Assert.Equal(Types(schema), Types(filledSchema));
        Assert.Equal((before.Count, before.Count, 30), (scored.Count, filled.Count, drawn.Count));
        var names = schema.Fields.Select(field => field.Name).ToList();
        foreach (var (row, same, full) in before.Zip(scored, filled))
        {
            Assert.All(names, name => Assert.Equal(Text(row, name), Text(same, name)));
            Assert.All(names, name => Assert.NotNull(full.GetValueOrDefault(name)));
            Assert.All(
                names.Where(name => row.GetValueOrDefault(name) is not null), name => Assert.Equal(Text(row, name), Text(full, name)));
        }
        // By way of text nothing is lost: the scores are the same to the last digit.
        var lines = await File.ReadAllLinesAsync(directory.File("scored.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(
            scored.Select(row => Convert.ToString(row["Score"], System.Globalization.CultureInfo.InvariantCulture)),
            lines.Skip(1).Select(line => line.Split(',')[^3]));
    }

    [Fact]
    public async Task A_hole_where_a_model_has_true_and_false_is_no_false()
    {
        using var directory = new TemporaryDirectory();
        var (file, model) = (directory.File("readings.parquet"), directory.File("model.zip"));
        await using (var stream = File.Create(file))
            await ParquetSerializer.SerializeAsync(Readings().ToList(), stream, cancellationToken: TestContext.Current.CancellationToken);
        var mlContext = new MLContext(seed: 1);
        var whole = mlContext.Data.LoadFromEnumerable(Readings().Select(reading => new Whole
        {
            Pressure = (float?)reading.Pressure ?? float.NaN,
            IsOpen = reading.IsOpen ?? false,
        }).ToArray());
        var options = new VaeTableOptions { Training = new() { Seed = 1, Epochs = 2 } };
        using (var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(whole))
            mlContext.Model.Save(detector, whole.Schema, model);

        var run = await ToolRun.Of("score", model, file, "-o", directory.File("scored.parquet"));

        Assert.Equal((1, false), (run.ExitCode, File.Exists(directory.File("scored.parquet"))));
        var first = Readings().TakeWhile(reading => reading.IsOpen is not null).Count() + 1;
        Assert.Contains($"row {first}: column 'IsOpen' is empty: expected true or false", run.Error);
    }

    private static string? Text(Dictionary<string, object?> row, string name) => row.TryGetValue(name, out var cell)
        ? Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static IEnumerable<(string, Type)> Types(ParquetSchema schema)
        => schema.Fields.Cast<DataField>().Select(field => (field.Name, field.ClrType));

    private static async Task<(ParquetSchema, List<Dictionary<string, object?>>)> Read(string path)
    {
        await using var stream = File.OpenRead(path);
        var read = await ParquetSerializer.DeserializeUntypedAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        return (read.Schema, [.. read.Data.Select(row => row.ToDictionary(cell => cell.Key, cell => (object?)cell.Value))]);
    }

    private static IEnumerable<Reading> Readings()
    {
        var random = new Random(1);
        for (var i = 0; i < 120; i++)
        {
            var (pump, isOpen) = (random.Next(3), random.Next(2) == 0);
            var speed = 1000 + (500 * pump) + random.Next(200);
            yield return new()
            {
                At = Given(new DateTime(2026, 1, 1).AddHours(random.Next(2000))),
                Pump = random.Next(10) == 0 ? null : $"P{pump + 1}",
                Speed = Given(speed),
                Pressure = Given((speed / 400.0) + random.NextDouble()),
                Counter = Given(5_000_000_000 + random.Next(1_000_000)),
                IsOpen = Given(isOpen),
            };
        }

        T? Given<T>(T value) where T : struct => random.Next(10) == 0 ? null : value;
    }

    internal sealed class Whole
    {
        public float Pressure { get; set; }

        public bool IsOpen { get; set; }
    }

    internal sealed class Reading
    {
        public DateTime? At { get; set; }

        public string? Pump { get; set; }

        public int? Speed { get; set; }

        public double? Pressure { get; set; }

        public long? Counter { get; set; }

        public bool? IsOpen { get; set; }
    }
}
