using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Each kind of condition from training through scoring, saving and loading.</summary>
public class ConditionTests
{
    private const int Rows = 90;

    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>Columns, how many values each gives, and as what.</summary>
    public static TheoryData<string, int, VaeInputKind> Columns { get; } = new()
    {
        { nameof(ClassRows.Row.Kind), ClassRows.Classes, VaeInputKind.Key },
        { nameof(ClassRows.Row.SmallKind), ClassRows.Classes, VaeInputKind.Key },
        { nameof(ClassRows.Row.IsHigh), 1, VaeInputKind.Boolean },
        { nameof(ClassRows.Row.Level), 1, VaeInputKind.Scalar },
        { nameof(ClassRows.Row.Pair), 2, VaeInputKind.Vector },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Stands_the_workout(string column, int width, VaeInputKind kind)
    {
        var every = Options(column, learnedPrior: width > 1) with
        {
            ReconstructionColumnName = "Again",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Blame",
        };
        var data = ClassRows.View(_mlContext, Rows);
        var invalid = new[]
        {
            (Without(column), "no condition"),
            (_mlContext.Transforms.CopyColumns(column, nameof(ClassRows.Row.Name)).Fit(data).Transform(data), "text"),
        };
        Workout.Run(_mlContext.Transforms.VaeEmbed(every), data, invalid, "Score");

        using var transformer = _mlContext.Transforms.VaeEmbed(every).Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal(
            (width, kind, width > 1, column),
            (info.ConditionCount, info.ConditionKind, info.LearnedPrior, info.Columns.Condition)
        );
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_detector_stands_the_workout(string column, int width, VaeInputKind kind)
    {
        Assert.InRange(width, 1, ClassRows.Classes);
        var data = ClassRows.View(_mlContext, Rows);
        var estimator = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { Condition = new() { ColumnName = column } });
        Workout.Run(estimator, data, [(Without(column), "no condition")], "Score", "PredictedLabel");

        // The threshold came from rows scored with their own condition.
        using var transformer = estimator.Fit(data);
        Assert.InRange(transformer.Transform(data).GetColumn<bool>("PredictedLabel").Count(anomalous => anomalous), 0, Rows / 2);
        Assert.Equal(kind, transformer.Model.Info.ConditionKind);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_saved_model_gives_the_fast_one_back(string column, int width, VaeInputKind kind)
    {
        using var directory = new TemporaryDirectory();
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options(column, learnedPrior: true) with { ReconstructionColumnName = "Again" })
            .Fit(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);

        _mlContext.Model.Save(transformer, data.Schema, directory.File("model.zip"));
        transformer.ExportOnnx(directory.Path);
        using var fromLoaded = VaeTransformer.From(_mlContext, loaded);
        using var fromZip = VaeTransformer.From(_mlContext, directory.File("model.zip"));
        using var fromOnnx = VaeTransformer.From(_mlContext, directory.File("scorer.onnx"));
        using var encoder = VaeTransformer.From(_mlContext, directory.File("encoder.onnx"));

        foreach (var other in new[] { fromLoaded, fromZip, fromOnnx })
        {
            Assert.Equivalent(transformer.Model.Info, other.Model.Info, strict: true);
            Assert.Equal(transformer.Model.ToOnnx(VaeGraph.Scorer), other.Model.ToOnnx(VaeGraph.Scorer));
            ViewAssert.SameRows(transformer.Transform(data), other.Transform(data), _ => true);
        }

        Assert.Equal(
            transformer.Transform(data).GetColumn<float[]>("Embedding"), encoder.Transform(data).GetColumn<float[]>("Embedding"));
        Assert.Equal((width, kind), (fromOnnx.Model.Info.ConditionCount, fromOnnx.Model.Info.ConditionKind));
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Prediction_engines_over_the_fitted_and_the_loaded_pipeline_agree_with_the_view(string column, int width, VaeInputKind kind)
    {
        Assert.InRange(width, 1, ClassRows.Classes);
        var rows = ClassRows.Create(Rows);
        var data = ClassRows.View(_mlContext, rows);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options(column, kind == VaeInputKind.Key) with { ScoreColumnName = "Score" })
            .Fit(data);
        var view = transformer.Transform(data);
        var (embeddings, scores) = (view.GetColumn<float[]>("Embedding").ToArray(), view.GetColumn<float>("Score").ToArray());
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);

        using var engine = _mlContext.Model.CreatePredictionEngine<ClassRows.Row, Prediction>(transformer);
        using var loadedEngine = _mlContext.Model.CreatePredictionEngine<ClassRows.Row, Prediction>(loaded);
        for (var i = 0; i < 10; i++)
        {
            var (here, there) = (engine.Predict(rows[i]), loadedEngine.Predict(rows[i]));
            FloatAssert.Near(embeddings[i], here.Embedding, "embedding");
            FloatAssert.Near(embeddings[i], there.Embedding, "embedding of the loaded pipeline");
            FloatAssert.Near(scores[i], here.Score, "score");
            FloatAssert.Near(scores[i], there.Score, "score of the loaded pipeline");
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void The_condition_changes_what_a_row_gives(string column, int width, VaeInputKind kind)
    {
        Assert.True(Enum.IsDefined(kind));
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(column, learnedPrior: false)).Fit(data);
        using var engine = _mlContext.Model.CreatePredictionEngine<ClassRows.Row, Prediction>(transformer);
        var (row, other) = (ClassRows.Create(1)[0], ClassRows.Create(3)[2]);
        var before = engine.Predict(row).Embedding.ToArray();
        (row.Kind, row.SmallKind, row.IsHigh, row.Level, row.Pair) = (other.Kind, other.SmallKind, other.IsHigh, other.Level, other.Pair);
        Assert.NotEqual(before, engine.Predict(row).Embedding);
        Assert.Equal(width, transformer.Model.Info.ConditionCount);
    }

    [Theory]
    [InlineData("condition", "features")]
    [InlineData("z", "prior_mean")]
    public void Names_that_the_graph_uses_itself_are_as_good_as_any(string features, string condition)
    {
        var data = ClassRows.View(_mlContext, Rows);
        var renamed = _mlContext
            .Transforms.CopyColumns(features, "Features")
            .Append(_mlContext.Transforms.CopyColumns(condition, "Pair"))
            .Fit(data)
            .Transform(data);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options(condition, learnedPrior: true) with { InputColumnName = features })
            .Fit(renamed);
        var loaded = SavedModel.RoundTrip(transformer, renamed.Schema);
        using var again = VaeTransformer.From(_mlContext, loaded);
        ViewAssert.SameRows(transformer.Transform(renamed), loaded.Transform(renamed), _ => true);
        Assert.Equal(transformer.Model.ToOnnx(VaeGraph.Scorer), again.Model.ToOnnx(VaeGraph.Scorer));
    }

    [Fact]
    public void Only_the_features_and_the_condition_are_asked_of_the_source_and_nothing_where_no_added_column_is_active()
    {
        var data = ClassRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options("Kind", learnedPrior: false)).Fit(data);
        var probe = new ProbeView(data);
        var view = transformer.Transform(probe);
        using (var _ = view.GetRowCursor([view.Schema["Embedding"]]))
            Assert.Equal(["Features", "Kind"], Assert.Single(probe.ColumnsAsked));
        using (var _ = view.GetRowCursor([view.Schema["Name"]]))
            Assert.Equal(["Name"], probe.ColumnsAsked[^1]);

        var mapper = ((ITransformer)transformer).GetRowToRowMapper(data.Schema);
        Assert.Equal(["Features", "Kind"], mapper.GetDependencies([mapper.OutputSchema["Embedding"]]).Select(column => column.Name));
    }

    [Fact]
    public void Numbers_are_standardised_inside_and_categories_are_not()
    {
        var data = ClassRows.View(_mlContext, Rows);
        Assert.Equal([(1f, 1f)], Scaling("Level").Select(scale => (MathF.Round(scale.Offset / 100), MathF.Round(scale.Scale / 82))));
        // Constant, and so not read.
        Assert.Equal(float.PositiveInfinity, Scaling("Pair")[1].Scale);
        Assert.Equal(7, Scaling("Pair")[1].Offset);
        Assert.Empty(Scaling("Kind"));
        Assert.Empty(Scaling("IsHigh"));

        (float Offset, float Scale)[] Scaling(string column)
        {
            using var transformer = _mlContext.Transforms.VaeEmbed(Options(column, learnedPrior: false)).Fit(data);
            var graph = Vae.Onnx.Schema.ModelProto.Parser.ParseFrom(transformer.Model.ToOnnx(VaeGraph.Scorer)).Graph;
            return [.. Values("condition.offset").Zip(Values("condition.scale"))];

            float[] Values(string name) => graph.Initializer.FirstOrDefault(i => i.Name == name) is { } found
                ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(found.RawData.Span).ToArray()
                : [];
        }
    }

    [Fact]
    public void The_model_knows_what_the_keys_stand_for()
    {
        var data = ClassRows.View(_mlContext, ClassRows.Create(Rows), ClassRows.Names);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options("Kind", learnedPrior: true)).Fit(data);
        Assert.Equal(ClassRows.Names, transformer.Model.Info.ConditionNames);
    }

    [Fact]
    public void Streamed_rows_have_their_conditions_too()
    {
        var random = new Random(1);
        var rows = ClassRows.Create(3).SelectMany(row => Enumerable.Repeat(row, 16_000)).ToArray();
        random.Shuffle(rows);
        var data = ClassRows.View(_mlContext, rows);
        var options = Options("Kind", learnedPrior: true) with
        {
            ReconstructionColumnName = "Again",
            Training = TinyVae.Training with
            {
                MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit,
                BatchSize = 500,
                LearningRate = 0.01,
                Epochs = 2,
            },
        };
        var streamed = new List<string>();
        _mlContext.Log += (_, entry) => streamed.Add(entry.RawMessage);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.Contains(streamed, message => message.Contains("streamed once per epoch", StringComparison.Ordinal));

        // The same features under another condition are no such row any more: what is told is used.
        using var engine = _mlContext.Model.CreatePredictionEngine<ClassRows.Row, Reconstruction>(transformer);
        var row = ClassRows.Create(1)[0];
        var right = Error(row);
        row.Kind = 1;
        Assert.True(Error(row) > 4 * right, "the reconstruction under another condition is as good");

        double Error(ClassRows.Row row) => engine.Predict(row).Again.Zip(row.Features, (a, b) => Math.Pow(a - b, 2)).Sum();
    }

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        var data = ClassRows.View(_mlContext, Rows);
        using var first = _mlContext.Transforms.VaeEmbed(Options("Kind", learnedPrior: true)).Fit(data);
        using var second = _mlContext.Transforms.VaeEmbed(Options("Kind", learnedPrior: true)).Fit(data);
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void Keys_that_no_row_has_are_warned_of()
    {
        var rows = ClassRows.Create(Rows).Where(row => row.Kind != 1);
        var warnings = new List<string>();
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options("Kind", learnedPrior: false))
            .Fit(ClassRows.View(_mlContext, rows, ClassRows.Names));
        Assert.Contains(
            "Column 'Kind': 1 of 3 keys are in no row or in all; what the model will say of another one has not been learned: 'middle'.",
            warnings
        );
    }

    private static VaeOptions Options(string column, bool learnedPrior)
        => TinyVae.Options with { Condition = new() { ColumnName = column, LearnedPrior = learnedPrior } };

    private IDataView Without(string column)
    {
        var data = ClassRows.View(_mlContext, Rows);
        return _mlContext.Transforms.DropColumns(column).Fit(data).Transform(data);
    }

    public sealed class Prediction
    {
        public float[] Embedding { get; set; } = [];

        public float Score { get; set; }
    }

    public sealed class Reconstruction
    {
        public float[] Again { get; set; } = [];
    }
}
