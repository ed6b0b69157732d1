using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>Rows that a likelihood cannot have never pass as normal, whoever scores them.</summary>
public sealed class SupportTests
{
    private const int Width = 6;
    private const string Remedy = "Such a row has no score: give the column in the units of training, leave the row out, or set "
        + "VaeScoringOptions.NonFiniteInput = NonFiniteHandling.ReturnNaN.";

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly List<string> _warnings = [];

    public SupportTests() => _mlContext.Log += (_, entry) =>
    {
        if (entry.Kind == ChannelMessageKind.Warning)
            _warnings.Add(entry.RawMessage);
    };

    private enum Kind
    {
        Bernoulli,
        Categorical,
        Poisson,
        Mixed,
    }

    public static TheoryData<string, float[], string> Impossible => new()
    {
        { "Bernoulli", [0, 128, 255, 3, 0, 17], "slot 1: the model's likelihood expects a value from 0 to 1, found 128" },
        { "Bernoulli", [0, 1, 0, 1, 0, -0.25f], "slot 5: the model's likelihood expects a value from 0 to 1, found -0.25" },
        { "Poisson", [0, 1, 2.5f, 3, 0, 17], "slot 2: the model's likelihood expects a whole number of at least 0, found 2.5" },
        { "Poisson", [-3, 1, 2, 3, 0, 17], "slot 0: the model's likelihood expects a whole number of at least 0, found -3" },
        {
            "Categorical", [1, 0, 0, 1, 0, 0],
            "slots 0 to 5: the model's likelihood expects values that sum to 1, or zeros for a category not seen in training, "
                + "found a sum of 2"
        },
        { "Categorical", [2, 0, 0, -1, 0, 0], "slot 3: the model's likelihood expects a value of at least 0, found -1" },
        {
            "Mixed", [0.1f, -4, 1, 3, 0, 0],
            "slots 3 to 5 (part 'Colour'): the model's likelihood expects values that sum to 1, or zeros for a category not seen in "
                + "training, found a sum of 3"
        },
        { "Mixed", [0.1f, -4, 7, 1, 0, 0], "slot 2 (part 'Sold'): the model's likelihood expects a value from 0 to 1, found 7" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_row_outside_of_the_support_is_named(string kind, float[] row, string fault)
    {
        using var detector = Fit(kind);
        var rows = View([.. Rows(kind, 3), row]);
        var expected = $"Column \"Features\", row 3 (counted from 0), {fault}. {Remedy}";
        var view = detector.Transform(rows);
        foreach (var column in new[] { "Score", "Contributions", "PredictedLabel" })
        {
            var exception = Refusal.Expect(() => Read(view, column), "such a row");
            Assert.Equal(expected, exception.Message);
        }
        var likelihoods = detector.LogLikelihood(rows, 2, seed: 1);
        Assert.Equal(expected, Refusal.Expect(() => Read(likelihoods, "LogLikelihood"), "such a row").Message);
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Or_its_score_is_NaN_and_its_label_true(string kind, float[] row, string fault)
    {
        using var detector = Fit(kind).WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var view = detector.Transform(View([.. Rows(kind, 3), row, row]));
        _warnings.Clear();
        Assert.Equal([false, false, false, true, true], view.GetColumn<float>("Score").Select(float.IsNaN));
        Assert.Equal(
            $"Column \"Features\", row 3 (counted from 0), {fault}; score and log-likelihood of this row are NaN, and so are those of "
                + "every such row of this pass without further warning.",
            Assert.Single(_warnings));
        Assert.Equal([true, true], view.GetColumn<bool>("PredictedLabel").Skip(3));
        Assert.All(view.GetColumn<float[]>("Contributions").Skip(3).SelectMany(values => values), value => Assert.True(float.IsNaN(value)));
        Assert.True(float.IsNaN(detector.LogLikelihood(View([row]), 2, seed: 1).GetColumn<float>("LogLikelihood").Single()));
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Where_nobody_refuses_it_its_score_is_infinite(string kind, float[] row, string fault)
    {
        Assert.NotEmpty(fault);
        using var detector = Fit(kind);
        float[][] rows = [.. Rows(kind, 3), row];
        var view = SavedModel.RoundTrip(detector, View(rows).Schema).Transform(View(rows));
        Assert.Equal([true, true, true, false], view.GetColumn<float>("Score").Select(float.IsFinite));
        Assert.Equal(float.PositiveInfinity, view.GetColumn<float>("Score").Last());
        Assert.True(view.GetColumn<bool>("PredictedLabel").Last());
        using var scorer = new OnnxRunner(detector.Model.ToOnnx(VaeGraph.Scorer));
        Assert.Equal(float.PositiveInfinity, scorer.Run(rows, Width)["score"][^1][0]);
    }

    [Fact]
    public void What_needs_no_likelihood_is_given()
    {
        using var fitted = Fit("Bernoulli");
        using var detector = fitted.WithColumns(fitted.Model.Info.Columns with { Embedding = "Embedding" });
        var view = detector.Transform(View([[0, 128, 255, 3, 0, 17]]));
        var alone = view.GetColumn<float[]>("Embedding").Single();
        Assert.All(alone, value => Assert.True(float.IsFinite(value)));
        // Beside a column that is refused, too.
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.True(cursor.MoveNext());
        VBuffer<float> beside = default;
        cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"])(ref beside);
        Assert.Equal(alone, beside.DenseValues());
    }

    [Fact]
    public void A_prediction_is_refused_too()
    {
        using var detector = Fit("Bernoulli");
        using var engine = _mlContext.Model.CreatePredictionEngine<BytesRow, AnomalyTests.Verdict>(detector.WithScoring(new()));
        Assert.True(float.IsFinite(engine.Predict(new() { Features = [0, 1, 0, 1, 0, 1] }).Score));
        var exception = Refusal.Expect(() => engine.Predict(new() { Features = [0, 255, 0, 1, 0, 1] }), "such a row");
        Assert.Contains("slot 1: the model's likelihood expects a value from 0 to 1, found 255.", exception.Message);
        Assert.True(float.IsFinite(engine.Predict(new() { Features = [0, 1, 0, 1, 0, 1] }).Score));
    }

    /// <summary>A range is that of the training rows: beyond it a value is unusual, the more so the further it lies.</summary>
    [Fact]
    public void Beyond_the_range_of_training_a_score_rises()
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => new float[Width].Select(_ => 50 + 50 * random.NextSingle()).ToArray())];
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
        {
            Likelihood = VaeLikelihood.Bernoulli,
            Normalization = VaeNormalization.MinMax,
        }).Fit(View(rows));
        var usual = Scores(detector, rows);
        var last = usual;
        foreach (var factor in new[] { 3f, 5, 50, 1e4f })
        {
            var far = Scores(detector, [.. rows.Select(row => row.Select(value => factor * value).ToArray())]);
            Assert.True(far.Min() > usual.Max(), $"{factor}: {far.Min()} of {usual.Max()}");
            Assert.All(far.Zip(last), pair => Assert.True(pair.First > pair.Second, $"{factor}: {pair}"));
            last = far;
        }
        var negative = Scores(detector, [.. rows.Select(row => row.Select(value => -value).ToArray())]);
        Assert.True(negative.Min() > usual.Max());
        // A little beyond is a little unusual.
        float[] edge = [.. rows[0]];
        edge[2] = 101;
        Assert.InRange(Scores(detector, [edge])[0], float.NegativeInfinity, usual.Max() + 5);
    }

    [Fact]
    public void A_category_not_seen_in_training_is_more_anomalous_than_any_that_was()
    {
        using var detector = Fit("Mixed");
        var rows = Rows("Mixed", 200);
        var seen = Scores(detector, rows);
        var unseen = Scores(detector, [.. rows.Select(row => row.Select((value, slot) => slot >= 3 ? 0 : value).ToArray())]);
        Assert.All(unseen.Zip(seen), pair => Assert.True(pair.First > pair.Second + 10, $"{pair}"));
        Assert.True(unseen.Min() > seen.Order().ElementAt(seen.Length * 95 / 100));
    }

    /// <summary>As ML.NET's own encoding gives it, in one pipeline.</summary>
    [Fact]
    public void One_hot_encoding_of_an_unknown_value_is_scored()
    {
        var random = new Random(1);
        string[] colours = ["red", "green", "blue"];
        Item[] items = [.. Enumerable.Range(0, 300).Select(i => new Item { Colour = colours[i % 3], Size = random.NextSingle() })];
        var pipeline = _mlContext.Transforms.Categorical.OneHotEncoding("Category", "Colour")
            .Append(_mlContext.Transforms.Concatenate("Features", "Category", "Size"))
            .Append(_mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
            {
                Likelihood = VaeLikelihood.Mixed(("Category", 3, VaeLikelihood.Categorical), ("Size", 1, VaeLikelihood.Gaussian)),
                Training = TinyVae.Training with { Epochs = 30 },
            }));
        var data = _mlContext.Data.LoadFromEnumerable(items);
        var model = pipeline.Fit(data);
        var scores = model.Transform(data).GetColumn<float>("Score").ToArray();
        Item[] unknown = [.. items.Select(item => new Item { Colour = "purple", Size = item.Size })];
        foreach (var transformer in new[] { model, SavedModel.RoundTrip(model, data.Schema) })
        {
            var scored = transformer.Transform(_mlContext.Data.LoadFromEnumerable(unknown));
            Assert.True(scored.GetColumn<float>("Score").Min() > scores.Max());
            Assert.All(scored.GetColumn<bool>("PredictedLabel"), Assert.True);
        }
    }

    [Theory]
    [InlineData(VaeScoreKind.NegativeElbo)]
    [InlineData(VaeScoreKind.ReconstructionError)]
    [InlineData(VaeScoreKind.NegativeLogLikelihood)]
    public void A_score_that_overflows_is_infinite_in_memory_and_after_loading(VaeScoreKind kind)
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, scoreKind: kind), new());
        float[][] rows =
        [
            .. new[] { 1e30f, -1e30f, float.MaxValue, -float.MaxValue }.SelectMany(value => new[]
            {
                new[] { value, value, value, value, value, value },
                new[] { 1, 2, value, 4, 5, 6 },
                new[] { value, -value, value, -value, value, -value },
            }),
        ];
        var data = SampleData.Features(_mlContext, rows, SampleModels.Features);
        foreach (var view in new[] { transformer.Transform(data), SavedModel.RoundTrip(transformer, data.Schema).Transform(data) })
        {
            Assert.All(view.GetColumn<float>("Score"), score => Assert.Equal(float.PositiveInfinity, score));
            Assert.All(view.GetColumn<bool>("PredictedLabel"), Assert.True);
            Assert.All(view.GetColumn<float[]>("Contributions"), row => Assert.Equal(float.PositiveInfinity, row.Sum()));
        }
        Assert.All(
            transformer.LogLikelihood(data, 3, seed: 1).GetColumn<float>("LogLikelihood"),
            value => Assert.Equal(float.NegativeInfinity, value));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_row_that_is_not_finite_has_a_score_of_NaN_in_memory_and_after_loading(float value)
    {
        using var transformer = new VaeTransformer(
            _mlContext, SampleModels.Create(SampleModels.AllColumns), new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var data = SampleData.Features(_mlContext, [[1, 2, 3, 4, value, 6]], SampleModels.Features);
        foreach (var view in new[] { transformer.Transform(data), SavedModel.RoundTrip(transformer, data.Schema).Transform(data) })
        {
            Assert.True(float.IsNaN(view.GetColumn<float>("Score").Single()));
            Assert.True(view.GetColumn<bool>("PredictedLabel").Single());
        }
    }

    /// <summary>One likelihood for all features says by its name what it can have.</summary>
    [Fact]
    public void A_model_that_was_saved_without_its_support_has_it_from_its_likelihood()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, bernoulli: true), new());
        Assert.Null(transformer.Model.Info.Support);
        var view = transformer.Transform(SampleData.Features(_mlContext, [[0, 0, 0, 0, 2, 0]], SampleModels.Features));
        Assert.Contains("slot 4: the model's likelihood", Refusal.Expect(() => Read(view, "Score"), "a 2").Message);
    }

    [Fact]
    public void The_support_is_saved_with_the_model()
    {
        using var detector = Fit("Mixed");
        FeatureSupport[] expected = [new UnitIntervalSupport(2, 1, "Sold"), new CategorySupport(3, 3, "Colour")];
        Assert.Equal(expected, detector.Model.Info.Support!);
        using var loaded = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(detector, View(Rows("Mixed", 1)).Schema));
        Assert.Equal(expected, loaded.Model.Info.Support!);
    }

    private static void Read(IDataView view, string column)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        Action read = column switch
        {
            "PredictedLabel" => Reader<bool>(),
            "Contributions" => Reader<VBuffer<float>>(),
            _ => Reader<float>(),
        };
        while (cursor.MoveNext())
            read();

        Action Reader<T>()
        {
            var getter = cursor.GetGetter<T>(view.Schema[column]);
            T value = default!;
            return () => getter(ref value);
        }
    }

    private float[] Scores(VaeTransformer detector, float[][] rows) => [.. detector.Transform(View(rows)).GetColumn<float>("Score")];

    private IDataView View(float[][] rows) => SampleData.Features(_mlContext, rows, Width);

    private VaeTransformer Fit(string kind) => _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
    {
        ContributionsColumnName = "Contributions",
        Likelihood = Enum.Parse<Kind>(kind) switch
        {
            Kind.Bernoulli => VaeLikelihood.Bernoulli,
            Kind.Categorical => VaeLikelihood.Categorical,
            Kind.Poisson => VaeLikelihood.Poisson,
            _ => VaeLikelihood.Mixed(
                ("Size", 2, VaeLikelihood.Gaussian), ("Sold", 1, VaeLikelihood.Bernoulli), ("Colour", 3, VaeLikelihood.Categorical)),
        },
        Training = TinyVae.Training with { Epochs = 10 },
    }).Fit(View(Rows(kind, 200)));

    private static float[][] Rows(string kind, int count)
    {
        var random = new Random(5);
        return
        [
            .. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Width).Select(slot => Enum.Parse<Kind>(kind) switch
            {
                Kind.Bernoulli => random.Next(2),
                Kind.Categorical => slot == i % Width ? 1 : 0,
                Kind.Poisson => random.Next(5),
                _ => slot switch { < 2 => random.NextSingle() - slot, 2 => random.Next(2), _ => slot - 3 == i % 3 ? 1f : 0 },
            }).ToArray()),
        ];
    }

    private sealed class BytesRow
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Item
    {
        public string Colour { get; set; } = "";

        public float Size { get; set; }
    }
}
