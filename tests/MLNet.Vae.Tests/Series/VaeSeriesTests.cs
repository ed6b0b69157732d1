using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Tests.Series;

/// <summary>A detector of series as a user meets it.</summary>
public sealed class VaeSeriesTests : IDisposable
{
    private const int Steps = 8, Trained = 600;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A pump whose flow falls for a while: those readings are named, and the flow as what gave them away.</summary>
    [Fact]
    public void A_fault_is_found_its_channel_named_and_what_was_expected_told()
    {
        var readings = Readings(1_200, seed: 1);
        foreach (var reading in readings[900..1_000])
            reading.Flow -= 2;
        using var transformer = Fit(readings[..Trained]);
        var scored = transformer.Transform(View(readings));
        var labels = scored.GetColumn<bool>("PredictedLabel").ToArray();
        var scores = scored.GetColumn<float>("Score").ToArray();
        var channels = scored.GetColumn<float[]>("ChannelScores").ToArray();
        var expected = scored.GetColumn<float[]>("Expected").ToArray();

        // Seen within a few readings, and over when none of the window is of the fault.
        Assert.True(labels[905..1_000].All(label => label));
        Assert.InRange(labels[Trained..900].Count(label => label), 0, 10);
        Assert.InRange(labels[(1_000 + Steps)..].Count(label => label), 0, 10);
        Assert.All(Enumerable.Range(920, 80), i => Assert.Equal(1, channels[i].Index().MaxBy(share => share.Item).Index));
        Assert.All(Enumerable.Range(Steps, 1_000), i => Assert.Equal(scores[i], channels[i].Sum(), 1e-3f * Math.Max(1, scores[i])));
        // A fifth of the flow's own spread is noise.
        Assert.InRange(Enumerable.Range(700, 200).Average(i => Math.Abs(expected[i][1] - readings[i].Flow)), 0, 0.8);
        Assert.Equal(["Pressure", "Flow"], SlotNames(scored.Schema["ChannelScores"]));
        Assert.Equal(["Pressure", "Flow"], SlotNames(scored.Schema["Expected"]));
    }

    /// <summary>A change that leaves every channel's level as it was: the model of windows sees it, given enough history.</summary>
    [Fact]
    public void A_change_of_shape_is_found_by_the_model()
    {
        var readings = Readings(6_000, seed: 1, noise: 0.05);
        using var transformer = Fit(readings[..5_000], epochs: 30);
        Assert.NotNull(transformer.Model.Info.Series!.ModelScore);
        var other = Readings(400, seed: 2, noise: 0.05);
        for (var i = 200; i < 400; i++)
            other[i].Flow = (float)(3 + 0.9 * Math.Sin(2.1 * i));
        var scores = transformer.Transform(View(other)).GetColumn<float>("Score").ToArray();
        Assert.True(
            scores[(200 + Steps)..].Average() > 10 * scores[Steps..200].Average() + 4,
            $"{scores[(200 + Steps)..].Average()} {scores[Steps..200].Average()}");
    }

    [Fact]
    public void Readings_one_by_one_give_what_the_batch_gave_saved_and_loaded_on_the_way()
    {
        var readings = Mixed(300);
        using var transformer = Fit(Mixed(900), key: "Machine", time: "Time", gap: TimeSpan.FromMinutes(5));
        var scored = transformer.Transform(View(readings));
        var scores = scored.GetColumn<float>("Score").ToArray();
        var labels = scored.GetColumn<bool>("PredictedLabel").ToArray();
        var channels = scored.GetColumn<float[]>("ChannelScores").ToArray();
        var expected = scored.GetColumn<float[]>("Expected").ToArray();
        var engine = transformer.CreateEngine();
        for (var i = 0; i < readings.Length; i++)
        {
            if (i == 137)
            {
                using var state = new MemoryStream();
                engine.Save(state);
                engine.Dispose();
                state.Position = 0;
                engine = transformer.CreateEngine(state);
                Assert.Equal(["A", "B", "C"], engine.Keys.Order());
            }
            var found = engine.Predict([readings[i].Pressure, readings[i].Flow], readings[i].Time, readings[i].Machine);
            Assert.Equal(scores[i], found.Score);
            Assert.Equal(labels[i], found.PredictedLabel);
            Assert.Equal(channels[i], found.ChannelScores);
            Assert.Equal(expected[i], found.Expected);
        }
        engine.Dispose();
        // Of each machine Steps − 1 to begin with and after its gap.
        Assert.Equal(3 * 2 * (Steps - 1), scores.Count(float.IsNaN));
        Assert.False(labels[0]);
    }

    [Fact]
    public void A_saved_model_is_the_same_in_each_way()
    {
        var readings = Readings(300, seed: 2);
        using var transformer = Fit(Readings(Trained, seed: 1));
        var expected = transformer.Transform(View(readings)).GetColumn<float>("Score").ToArray();
        var zip = Path.Combine(_folder, "model.zip");
        _mlContext.Model.Save(transformer, View(readings).Schema, zip);
        transformer.Model.ExportOnnx(_folder);

        foreach (var path in new[] { zip, Path.Combine(_folder, "scorer.onnx") })
        {
            using var loaded = VaeSeriesTransformer.From(_mlContext, path);
            Assert.Equal(expected, loaded.Transform(View(readings)).GetColumn<float>("Score").ToArray());
            Assert.Equal(transformer.Threshold, loaded.Threshold);
        }
        Assert.Contains("scorer.onnx or the model.zip", Assert.Throws<InvalidOperationException>(
            () => VaeSeriesTransformer.From(_mlContext, Path.Combine(_folder, "encoder.onnx"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_is_no_evidence_that_a_reading_is_normal()
    {
        using var transformer = Fit(Readings(Trained, seed: 1));
        var readings = Readings(60, seed: 2);
        readings[30].Flow = float.NaN;
        var scored = transformer.Transform(View(readings));
        var scores = scored.GetColumn<float>("Score").ToArray();
        var labels = scored.GetColumn<bool>("PredictedLabel").ToArray();
        Assert.Equal(
            Enumerable.Range(0, Steps - 1).Concat(Enumerable.Range(30, Steps)), Enumerable.Range(0, 60).Where(i => float.IsNaN(scores[i])));
        Assert.Equal(Enumerable.Range(30, Steps), Enumerable.Range(0, 60).Where(i => labels[i] && float.IsNaN(scores[i])));
        // In training it is an error that names it.
        readings = Readings(200, seed: 2);
        readings[30].Flow = float.NaN;
        var fault = Assert.Throws<InvalidOperationException>(() => Fit(readings));
        Assert.Contains("Channel 'Flow' is NaN in row 30 (rows count from 0)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        var readings = Readings(200, seed: 1);
        var options = Assert.Throws<ArgumentException>(() => _mlContext.AnomalyDetection.Trainers.VaeSeries(new VaeSeriesOptions
        {
            Window = new() { Steps = 1, MaximumGap = TimeSpan.FromSeconds(1) },
            Threshold = -1,
            Condition = new() { ColumnName = "Machine" },
        }));
        foreach (var part in new[]
        {
            "Window.Columns is empty", "Window.Steps must be from 2 to 65536, but is 1", "Window.MaximumGap needs TimeColumnName",
            "Threshold must be a finite number of nats, 0 or above, but is -1", "Condition must be null",
        })
        {
            Assert.Contains(part, options.Message, StringComparison.Ordinal);
        }

        var columns = Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.AnomalyDetection.Trainers
            .VaeSeries(["Flow", "Machine", "Nothing"], keyColumnName: "Flow", timeColumnName: "Machine").Fit(View(readings)));
        foreach (var part in new[]
        {
            "the channel column \"Nothing\" is missing", "the channel column \"Machine\" must be a number",
            "the key column \"Flow\" must be text, a key or an integer", "the time column \"Machine\" must be a DateTime",
            "The data has Time, Machine, Pressure, Flow",
        })
        {
            Assert.Contains(part, columns.Message, StringComparison.Ordinal);
        }

        var few = Assert.Throws<InvalidOperationException>(() => Fit(readings[..Steps]));
        Assert.Contains("8 readings of Pressure, Flow have 1 windows of 8: expected at least 2", few.Message, StringComparison.Ordinal);

        (readings[50].Time, readings[51].Time) = (readings[51].Time, readings[50].Time);
        var disorder = Assert.Throws<InvalidOperationException>(() => Fit(readings, time: "Time"));
        Assert.Contains("the time of row 51 (rows count from 0) is 1 s earlier", disorder.Message, StringComparison.Ordinal);

        using var transformer = Fit(Readings(Trained, seed: 1), key: "Machine", time: "Time");
        using var engine = transformer.CreateEngine();
        Assert.Contains(
            "has 3 values: expected 2", Fault(() => engine.Predict([1, 2, 3], DateTime.UnixEpoch, "A")), StringComparison.Ordinal);
        Assert.Contains("expected the time of the reading", Fault(() => engine.Predict([1, 2], "A")), StringComparison.Ordinal);
        Assert.Contains("series by 'Machine'", Fault(() => engine.Predict([1, 2], DateTime.UnixEpoch)), StringComparison.Ordinal);
        engine.Predict([1, 2], DateTime.UnixEpoch.AddSeconds(5), "A");
        Assert.Contains("is 5 s earlier", Fault(() => engine.Predict([1, 2], DateTime.UnixEpoch, "A")), StringComparison.Ordinal);
        engine.Predict([1, 2], DateTime.UnixEpoch, "B");
        Assert.True(engine.Forget("A") && !engine.Forget("A"));
        Assert.Throws<ArgumentOutOfRangeException>(() => transformer.WithThreshold(double.NaN));
        Assert.Contains("CreateEngine", Assert.Throws<InvalidOperationException>(
            () => ((ITransformer)transformer).GetRowToRowMapper(View(readings).Schema)).Message, StringComparison.Ordinal);

        static string Fault(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    [Fact]
    public void A_damaged_or_foreign_state_is_refused()
    {
        using var transformer = Fit(Readings(Trained, seed: 1));
        using var engine = transformer.CreateEngine();
        foreach (var reading in Readings(20, seed: 2))
            engine.Predict([reading.Pressure, reading.Flow]);
        using var state = new MemoryStream();
        engine.Save(state);
        var bytes = state.ToArray();
        for (var i = 0; i < bytes.Length; i += 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => transformer.CreateEngine(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => transformer.CreateEngine(new MemoryStream(bytes[..i])));
        }
        using var other = Fit(Readings(Trained, seed: 1), steps: Steps + 1);
        var fault = Assert.Throws<InvalidDataException>(() => other.CreateEngine(new MemoryStream(bytes)));
        Assert.Contains("has windows of 8 readings of 2 channels, and the model 9 of 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shape_promised_is_the_schema_delivered()
    {
        var view = View(Readings(Trained, seed: 1));
        var estimator = _mlContext.AnomalyDetection.Trainers.VaeSeries(Options());
        using var transformer = estimator.Fit(view);
        var promised = estimator.GetOutputSchema(MLNetInternals.Shape(view.Schema)).Select(Of).Order();
        var delivered = MLNetInternals.Shape(transformer.GetOutputSchema(view.Schema)).Select(Of).Order();
        Assert.Equal(promised, delivered);
        Assert.Equal(
            transformer.GetOutputSchema(view.Schema).Select(column => column.Name),
            transformer.Transform(view).Schema.Select(column => column.Name));
        transformer.Dispose();
        transformer.Dispose();

        static string Of(SchemaShape.Column column) => $"{column.Name} {column.Kind} {column.ItemType} {column.IsKey} "
            + string.Join(",", column.Annotations.Select(annotation => annotation.Name).Order());
    }

    [Fact]
    public void Columns_that_nobody_reads_cost_nothing_and_others_pass_through()
    {
        using var transformer = Fit(Readings(Trained, seed: 1));
        var readings = Readings(50, seed: 2);
        var scored = transformer.Transform(View(readings));
        Assert.Equal(readings.Select(reading => reading.Machine), scored.GetColumn<string>("Machine"));
        Assert.Equal(50, scored.GetRowCount());
        using var cursor = scored.GetRowCursor([scored.Schema["Machine"]]);
        Assert.True(cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Score"]));
        Assert.Equal(
            scored.GetColumn<float>("Score"), scored.GetColumn<float>("Score"));
    }

    [Fact]
    public void A_higher_threshold_calls_fewer_anomalous()
    {
        var readings = Readings(1_000, seed: 1);
        foreach (var reading in readings[800..])
            reading.Flow -= 1;
        using var transformer = Fit(readings[..Trained]);
        using var higher = transformer.WithThreshold(50);
        Assert.True(Called(higher) < Called(transformer));
        Assert.Equal(50, higher.Threshold);

        int Called(VaeSeriesTransformer by) => by.Transform(View(readings)).GetColumn<bool>("PredictedLabel").Count(label => label);
    }

    private static VaeSeriesOptions Options(
        int steps = Steps, string? key = null, string? time = null, TimeSpan? gap = null, int epochs = 10)
    {
        return new()
        {
            Window = new() { Columns = ["Pressure", "Flow"], Steps = steps, KeyColumnName = key, TimeColumnName = time, MaximumGap = gap },
            Training = new() { Seed = 1, Epochs = epochs, ValidationSplit = VaeValidationSplit.Last },
        };
    }

    private VaeSeriesTransformer Fit(
        Reading[] readings, string? key = null, string? time = null, TimeSpan? gap = null, int steps = Steps, int epochs = 10)
        => _mlContext.AnomalyDetection.Trainers.VaeSeries(Options(steps, key, time, gap, epochs)).Fit(View(readings));

    private IDataView View(Reading[] readings) => _mlContext.Data.LoadFromEnumerable(readings);

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>Two channels that swing, every second.</summary>
    private static Reading[] Readings(int count, int seed, double noise = 0.2)
    {
        var random = new Random(seed);
        double Noise() => noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Reading
            {
                Time = DateTime.UnixEpoch.AddSeconds(i),
                Machine = "A",
                Pressure = (float)(10 + Math.Sin(0.9 * i) + Noise()),
                Flow = (float)(3 + 0.9 * Math.Sin(0.9 * i + 1) + Noise()),
            }),
        ];
    }

    /// <summary>Three machines in turn, with a gap of an hour in the middle.</summary>
    private static Reading[] Mixed(int count)
    {
        var machines = new[] { "A", "B", "C" };
        var readings = Readings(count, seed: 3);
        for (var i = 0; i < count; i++)
        {
            readings[i].Machine = machines[i % 3];
            if (i >= count / 2)
                readings[i].Time += TimeSpan.FromHours(1);
        }
        return readings;
    }

    private sealed class Reading
    {
        public DateTime Time { get; set; }

        public string Machine { get; set; } = "";

        public float Pressure { get; set; }

        public float Flow { get; set; }
    }
}
