using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Tests.Windows;

/// <summary>Windows of a series as a user meets them.</summary>
public sealed class VaeWindowTests
{
    private const int Steps = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_window_has_the_last_readings_oldest_first()
    {
        var rows = Rows(10, machines: 1);
        var windows = Windows(rows);
        Assert.Equal(10 - Steps + 1, windows.Length);
        // Channels of step t follow each other.
        Assert.Equal([100, 0, 1, 101, 0, 2, 102, 0, 3, 103, 0, 4], windows[0].Window);
        Assert.Equal([106, 0, 7, 107, 0, 8, 108, 0, 9, 109, 0, 10], windows[^1].Window);
        Assert.Equal(Enumerable.Range(Steps - 1, 7), windows.Select(window => window.Number));
    }

    [Fact]
    public void Series_do_not_mix_and_gaps_begin_windows_anew()
    {
        var rows = Rows(40, machines: 2);
        foreach (var row in rows[20..])
            row.Seconds += 1_000;
        var windows = Windows(rows, new() { KeyColumnName = "Machine", TimeColumnName = "Seconds", MaximumGap = TimeSpan.FromSeconds(5) });
        // Of each machine 10 readings before the gap and 10 after it.
        Assert.Equal(4 * (10 - Steps + 1), windows.Length);
        Assert.All(windows, window =>
        {
            var firsts = window.Window.Where((_, slot) => slot % 3 == 0).ToArray();
            Assert.Equal([.. Enumerable.Range(0, Steps).Select(step => firsts[0] + 2 * step)], firsts);
            Assert.True(firsts[^1] < 120 || firsts[0] >= 120);
        });
    }

    [Fact]
    public void With_a_stride_of_a_window_no_reading_is_in_two()
    {
        var windows = Windows(Rows(18, machines: 1), new() { Stride = Steps });
        Assert.Equal([3, 7, 11, 15], windows.Select(window => window.Number));
    }

    [Fact]
    public void Slots_are_called_after_channel_and_age()
    {
        var view = View(Rows(10, machines: 1));
        var schema = _mlContext.Transforms.VaeWindow("Window", ["First", "Others"], Steps).Fit(view).GetOutputSchema(view.Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Window"].GetSlotNames(ref names);
        var slots = names.DenseValues().Select(name => name.ToString()).ToArray();
        Assert.Equal(["First@-3", "Others.0@-3", "Others.1@-3", "First@-2"], slots[..4]);
        Assert.Equal("Others.1@-0", slots[^1]);
        Assert.Equal([Steps, 3], ((VectorDataViewType)schema["Window"].Type).Dimensions);
    }

    [Fact]
    public void Estimators_take_windows_as_features()
    {
        var view = View(Rows(200, machines: 1));
        var pipeline = _mlContext.Transforms.VaeWindow("Window", ["First", "Others"], Steps)
            .Append(_mlContext.Transforms.VaeEmbed(new VaeOptions
            {
                InputColumnName = "Window",
                OutputColumnName = "Embedding",
                Latent = VaeLatent.Gaussian(2),
                Architecture = VaeArchitecture.Convolutional1D(Steps, 3, 8),
                Training = new() { Seed = 1, Epochs = 2, ValidationSplit = VaeValidationSplit.Last, ValidationGap = Steps },
            }));
        var model = pipeline.Fit(view);
        Assert.Equal(200 - Steps + 1, model.Transform(view).GetColumn<float[]>("Embedding").Count());
        var fault = Assert.Throws<InvalidOperationException>(
            () => _mlContext.Model.Save(model, view.Schema, new MemoryStream()));
        Assert.Contains("save what comes behind it", fault.Message, StringComparison.Ordinal);
        model.LastTransformer.Dispose();
    }

    [Fact]
    public void Views_over_it_and_few_rows_will_do()
    {
        var view = View(Rows(10, machines: 1));
        var windowed = _mlContext.Transforms.VaeWindow("Window", ["First"], Steps).Fit(view).Transform(view);
        Assert.Equal(7, _mlContext.Data.Cache(windowed).GetColumn<float[]>("Window").Count());
        Assert.Equal(2, _mlContext.Data.TakeRows(windowed, 2).GetColumn<float[]>("Window").Count());
        Assert.Equal(3, windowed.Preview(3).RowView.Length);
        // Whoever does not read the windows sees the same rows.
        Assert.Equal(7, windowed.GetColumn<int>("Number").Count());
        Assert.Empty(Windows(Rows(Steps - 1, machines: 1)));
        Assert.Single(Windows(Rows(Steps, machines: 1)));
        Assert.Empty(Windows([]));
    }

    [Fact]
    public void The_shape_promised_is_the_schema_delivered()
    {
        var view = View(Rows(10, machines: 1));
        var estimator = _mlContext.Transforms.VaeWindow("Window", ["First"], Steps);
        var promised = estimator.GetOutputSchema(MLNetInternals.Shape(view.Schema));
        var delivered = MLNetInternals.Shape(estimator.Fit(view).GetOutputSchema(view.Schema));
        Assert.Equal(delivered.Select(Of).Order(), promised.Select(Of).Order());

        static string Of(SchemaShape.Column column) => $"{column.Name} {column.Kind} {column.ItemType} "
            + string.Join(",", column.Annotations.Select(annotation => annotation.Name).Order());
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        var options = Assert.Throws<ArgumentException>(() => _mlContext.Transforms.VaeWindow(
            " ", new VaeWindowOptions { Columns = ["a", "a"], Steps = 1, Stride = 0, KeyColumnName = "" }));
        foreach (var part in new[]
        {
            "the output column's name must not be blank", "Columns has 'a' 2 times", "Steps must be from 2 to 65536, but is 1",
            "Stride must be at least 1, but is 0", "KeyColumnName must be the name of a column, or null, but is blank",
        })
        {
            Assert.Contains(part, options.Message, StringComparison.Ordinal);
        }
        var view = View(Rows(10, machines: 1));
        var shape = Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeWindow("Window", ["Second"])
            .GetOutputSchema(MLNetInternals.Shape(view.Schema)));
        Assert.Contains("the column \"Second\" is missing", shape.Message, StringComparison.Ordinal);
        var column = Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeWindow("Window", ["Second"]).Fit(view));
        Assert.Contains("the channel column \"Second\" is missing", column.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ((ITransformer)_mlContext.Transforms.VaeWindow("Window", ["First"]).Fit(view))
            .GetRowToRowMapper(view.Schema));
    }

    private Out[] Windows(Row[] rows, VaeWindowOptions? options = null)
    {
        var view = View(rows);
        options = (options ?? new()) with { Columns = ["First", "Others"], Steps = Steps };
        return [.. _mlContext.Data.CreateEnumerable<Out>(
            _mlContext.Transforms.VaeWindow("Window", options).Fit(view).Transform(view), reuseRowObject: false)];
    }

    private IDataView View(Row[] rows) => _mlContext.Data.LoadFromEnumerable(rows);

    private static Row[] Rows(int count, int machines) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Row
        {
            Number = i,
            Machine = (ulong)(i % machines),
            Seconds = i,
            First = 100 + i,
            Others = [0, i + 1],
        }),
    ];

    private sealed class Out
    {
        public int Number { get; set; }

        public float[] Window { get; set; } = [];
    }

    private sealed class Row
    {
        public int Number { get; set; }

        public ulong Machine { get; set; }

        public double Seconds { get; set; }

        public long First { get; set; }

        [VectorType(2)]
        public double[] Others { get; set; } = [];
    }
}
