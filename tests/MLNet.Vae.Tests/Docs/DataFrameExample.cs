using MLNet.Vae.Tests.Kit;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class DataFrameExample
{
    private const int Rows = 300;

    [Fact]
    public void A_null_is_missing_where_a_data_frame_says_so()
    {
        var mlContext = new MLContext(seed: 1);
        var temperatures = Column(0, row => 20 + (2.5 * (row % 4)));
        var speeds = Column(1, row => 1_000 + (100 * (row % 4)));
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

        Assert.All(model.Table.Columns, column => Assert.Equal(Enumerable.Range(0, Rows).Count(row => IsNull(0, row)), column.Missing));
        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        foreach (var (row, nats) in scored.GetColumn<float[]>("Contributions").Index())
            Assert.All(nats.Index(), column => Assert.Equal(IsNull(column.Index, row), column.Item == 0));
    }

    /// <summary>What a data frame does with nulls, on which the documentation relies.</summary>
    [Fact]
    public void A_null_of_a_whole_number_or_a_Boolean_is_read_as_0()
    {
        IDataView frame = new DataFrame(
            new Int32DataFrameColumn("int", [1, null]),
            new Int64DataFrameColumn("long", [1, null]),
            new BooleanDataFrameColumn("bool", [true, null]),
            new SingleDataFrameColumn("float", [1, null]),
            new DoubleDataFrameColumn("double", [1, null]),
            new StringDataFrameColumn("string", ["a", null]),
            new DateTimeDataFrameColumn("DateTime", [DateTime.UnixEpoch, null]));

        Assert.Equal([1, 0], frame.GetColumn<int>("int"));
        Assert.Equal([1, 0], frame.GetColumn<long>("long"));
        Assert.Equal([true, false], frame.GetColumn<bool>("bool"));
        Assert.Equal([1, float.NaN], frame.GetColumn<float>("float"));
        Assert.Equal([1, double.NaN], frame.GetColumn<double>("double"));
        Assert.Equal(["a", ""], frame.GetColumn<string>("string"));
        Assert.Equal([DateTime.UnixEpoch, default], frame.GetColumn<DateTime>("DateTime"));
    }

    [Fact]
    public void A_file_is_read_without_naming_its_columns()
    {
        var mlContext = new MLContext(seed: 1);
        using var directory = new TemporaryDirectory();
        var path = directory.File("pumps.csv");
        var speeds = Enumerable.Range(0, Rows).Select(row => IsNull(0, row) ? "" : $"{100 * (row % 4)}");
        File.WriteAllLines(path, ["pump,speed", .. speeds.Select((speed, row) => $"P{row % 4},{speed}")]);

        var data = DataFrame.LoadCsv(path, guessRows: 100);
        using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions { Training = new() { Epochs = 2, Seed = 1 } }).Fit(data);

        Assert.Equal(
            [("pump", VaeColumnKind.Categorical, 0L), ("speed", VaeColumnKind.Histogram, 43L)],
            model.Table.Columns.Select(column => (column.Name, column.Kind!.Value, column.Missing)));
    }

    // A different seventh of the rows in each column.
    private static bool IsNull(int column, int row) => row % 7 == column;

    private static IEnumerable<T?> Column<T>(int column, Func<int, T> value) where T : struct
        => Enumerable.Range(0, Rows).Select(row => IsNull(column, row) ? (T?)null : value(row));
}
