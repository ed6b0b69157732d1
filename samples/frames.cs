#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.Data.Analysis@0.23.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Of each column another seventh of the rows is missing.
const int Rows = 300;
var mlContext = new MLContext(seed: 1);
{
    var temperatures = Column(0, row => 20 + 2.5 * (row % 4));
    var speeds = Column(1, row => 1_000 + 100 * (row % 4));
    var pumps = Enumerable.Range(0, Rows).Select(row => IsNull(2, row) ? null : $"P{row % 4}");
    var times = Column(3, row => new DateTime(2026, 1, 1).AddHours(7 * row));

    var frame = new DataFrame(
        new DoubleDataFrameColumn("temperature", temperatures),               // double?
        new Int32DataFrameColumn("speed", speeds),                            // int?
        new StringDataFrameColumn("pump", pumps),                             // string?
        new DateTimeDataFrameColumn("at", times));                            // DateTime?
    frame["speed"] = frame["speed"] * 1.0;                                    // now double?: a null of an int would be read as 0

    using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions
    {
        ScoreColumnName = "Score",
        ContributionsColumnName = "Contributions",
        Training = new() { Epochs = 10, Seed = 1 },
    }).Fit(frame);
    var scored = model.Transform(frame);
    Console.WriteLine($"missing of each column: {string.Join(' ', model.Table.Columns.Select(column => column.Missing))}");
    Console.WriteLine($"scores that are no number: {scored.GetColumn<float>("Score").Count(score => !float.IsFinite(score))}");
    var asTheyAre = scored.GetColumn<float[]>("Contributions")
        .Select((nats, row) => Enumerable.Range(0, 4).All(column => IsNull(column, row) == (nats[column] == 0)));
    Console.WriteLine($"rows in which what is missing, and no more, has no part: {asTheyAre.Count(isSo => isSo)}");
}
{
    var path = Path.GetTempFileName();
    var speeds = Enumerable.Range(0, Rows).Select(row => IsNull(0, row) ? "" : $"{100 * (row % 4)}");
    File.WriteAllLines(path, ["pump,speed", .. speeds.Select((speed, row) => $"P{row % 4},{speed}")]);

    var data = DataFrame.LoadCsv(path, guessRows: 100);

    using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions { Training = new() { Epochs = 2, Seed = 1 } }).Fit(data);
    foreach (var column in model.Table.Columns)
        Console.WriteLine($"{column.Name}: {column.Kind}, {column.Missing} missing");
    File.Delete(path);
}

static bool IsNull(int column, int row) => row % 7 == column;

static IEnumerable<T?> Column<T>(int column, Func<int, T> value) where T : struct
    => Enumerable.Range(0, Rows).Select(row => IsNull(column, row) ? (T?)null : value(row));
