using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

public class AnomalyTests(AnomalyTests.Detectors detectors) : IClassFixture<AnomalyTests.Detectors>
{
    private const double Contamination = 0.1;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly VaeTransformer _transformer = detectors[VaeScoreKind.ReconstructionError];
    private readonly IDataView _test = new MLContext().Data.LoadFromEnumerable(FactorRows.WithOutliers(400, 40, seed: 2));

    [Fact]
    public void Adds_score_and_label_and_what_else_is_asked_for()
    {
        using var bare = _mlContext.AnomalyDetection.Trainers.Vae(epochs: 1, seed: 1).Fit(FactorRows.View(_mlContext, 50));
        var input = FactorRows.View(_mlContext, 1).Schema;
        Assert.Equal(["Features", "Score", "PredictedLabel", "PValue"], bare.GetOutputSchema(input).Select(column => column.Name));
        Assert.Equal(
            ["Features", "Contributions", "Score", "PredictedLabel", "PValue"],
            _transformer.GetOutputSchema(input).Select(column => column.Name)
        );
    }

    [Fact]
    public void Every_argument_arrives()
    {
        var data = SampleData.Features(_mlContext, FactorRows.Create(50), FactorRows.Features, "Wide");
        using var transformer = _mlContext.AnomalyDetection.Trainers
            .Vae("Wide", latentDimension: 3, contamination: 0.2, epochs: 2, seed: 5)
            .Fit(data);
        Assert.Equal((3, 0.2), (transformer.Model.Info.LatentDimension, transformer.Model.Info.Contamination));
        Assert.Equal(
            ("Wide", 2, 5),
            (transformer.Model.Info.Columns.Features, transformer.History().Epochs.Count, transformer.History().Seed)
        );
    }

    [Theory]
    [InlineData(VaeScoreKind.ReconstructionError)]
    [InlineData(VaeScoreKind.NegativeElbo)]
    public void Rows_unlike_the_training_rows_score_higher(VaeScoreKind kind)
    {
        var scored = detectors[kind].Transform(_test);
        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        var metrics = _mlContext.AnomalyDetection.Evaluate(scored, labelColumnName: "Label");
        Assert.True(metrics.AreaUnderRocCurve > 0.95, $"AUC {metrics.AreaUnderRocCurve}");
        Assert.True(metrics.DetectionRateAtFalsePositiveCount > 0.5, $"detection rate {metrics.DetectionRateAtFalsePositiveCount}");
    }

    [Theory]
    [InlineData(VaeScoreKind.ReconstructionError)]
    [InlineData(VaeScoreKind.NegativeElbo)]
    public void Contributions_sum_to_the_score(VaeScoreKind kind)
    {
        var scored = detectors[kind].Transform(_test);
        foreach (var (contributions, score) in scored.GetColumn<float[]>("Contributions").Zip(scored.GetColumn<float>("Score")))
        {
            Assert.Equal(FactorRows.Features, contributions.Length);
            Assert.Equal(score, contributions.Sum(), 1e-5f * Math.Max(1, contributions.Sum(Math.Abs)));
        }
    }

    [Fact]
    public void The_feature_that_is_wrong_contributes_most()
    {
        var row = FactorRows.Create(1, seed: 3)[0];
        row[4] += 5;
        var contributions = _transformer.Transform(FactorRows.View(_mlContext, [row])).GetColumn<float[]>("Contributions").Single();
        Assert.Equal(4, Array.IndexOf(contributions, contributions.Max()));
    }

    [Fact]
    public void A_row_is_predicted_anomalous_where_its_score_lies_above_the_threshold()
    {
        var scored = _transformer.Transform(_test);
        ExpectLabels(scored, _transformer.Threshold!.Value);
        Assert.Contains(true, scored.GetColumn<bool>("PredictedLabel"));
        Assert.Contains(false, scored.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void About_the_share_of_contamination_is_flagged_among_rows_like_the_training_rows()
    {
        var labels = _transformer.Transform(FactorRows.View(_mlContext, 2_000, seed: 9)).GetColumn<bool>("PredictedLabel");
        Assert.InRange(labels.Count(label => label) / 2_000.0, Contamination / 2, Contamination * 2);
    }

    [Fact]
    public void Another_threshold_gives_other_labels_and_the_same_scores()
    {
        var scores = _transformer.Transform(_test).GetColumn<float>("Score").ToArray();
        var threshold = (double)scores.Order().ElementAt(scores.Length / 2);
        using var other = _transformer.WithThreshold(threshold);
        var scored = other.Transform(_test);
        Assert.Equal(threshold, other.Threshold);
        Assert.Null(other.Model.Info.Contamination);
        Assert.NotEqual(threshold, _transformer.Threshold);
        Assert.Equal(scores, scored.GetColumn<float>("Score"));
        ExpectLabels(scored, threshold);

        var loaded = SavedModel.RoundTrip(other, _test.Schema);
        ViewAssert.SameRows(scored, loaded.Transform(_test), column => !IsLabel(scored, column));
        ExpectLabels(loaded.Transform(_test), threshold);
        using var again = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(threshold, again.Threshold);
    }

    [Fact]
    public void A_threshold_must_be_finite()
        => Assert.IsType<ArgumentOutOfRangeException>(
            Refusal.Expect(() => _transformer.WithThreshold(double.NaN), "a threshold"));

    [Fact]
    public void A_saved_pipeline_gives_the_same_scores_and_labels()
    {
        var loaded = SavedModel.RoundTrip(_transformer, _test.Schema);
        ViewAssert.SameRows(_transformer.Transform(_test), loaded.Transform(_test), _ => true);
    }

    [Fact]
    public void A_saved_pipeline_evaluates_as_the_original_does()
    {
        var loaded = SavedModel.RoundTrip(_transformer, _test.Schema);
        var expected = _mlContext.AnomalyDetection.Evaluate(_transformer.Transform(_test));
        var actual = _mlContext.AnomalyDetection.Evaluate(loaded.Transform(_test));
        Assert.Equal(expected.AreaUnderRocCurve, actual.AreaUnderRocCurve, 6);
    }

    [Fact]
    public void Score_and_label_lose_their_annotations_in_a_saved_pipeline_and_have_them_again_from_the_typed_transformer()
    {
        string[] annotations = ["ScoreColumnSetId", "ScoreColumnKind", "ScoreValueKind"];
        var loaded = SavedModel.RoundTrip(_transformer, _test.Schema);
        using var typed = VaeTransformer.From(_mlContext, loaded);
        foreach (var column in new[] { "Score", "PredictedLabel" })
        {
            Assert.Equal(annotations, Annotations(_transformer, column));
            Assert.Empty(Annotations(loaded, column));
            Assert.Equal(annotations, Annotations(typed, column));
        }
    }

    [Fact]
    public void A_model_restored_from_a_saved_pipeline_is_the_original()
    {
        using var typed = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(_transformer, _test.Schema));
        Assert.Equal(_transformer.Model.ToOnnx(VaeGraph.Scorer), typed.Model.ToOnnx(VaeGraph.Scorer));
        Assert.Equal((_transformer.Threshold, Contamination), (typed.Threshold, typed.Model.Info.Contamination));
    }

    [Fact]
    public void A_prediction_engine_scores_as_a_view_does()
    {
        var rows = FactorRows.WithOutliers(20, 5, seed: 4);
        var expected = _transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        // The engine disposes of the transformer it is given.
        using var engine = _mlContext.Model.CreatePredictionEngine<FactorRows.LabelledRow, Verdict>(_transformer.WithScoring(new()));
        foreach (var (row, score) in rows.Zip(expected.GetColumn<float>("Score")))
        {
            var verdict = engine.Predict(row);
            FloatAssert.Near(score, verdict.Score, "score");
            Assert.Equal(verdict.Score > _transformer.Threshold, verdict.PredictedLabel);
        }
    }

    private static void ExpectLabels(IDataView scored, double threshold)
    {
        foreach (var (score, label) in scored.GetColumn<float>("Score").Zip(scored.GetColumn<bool>("PredictedLabel")))
        {
            Assert.Equal(score > threshold, label);
        }
    }

    private static bool IsLabel(IDataView view, int column) => view.Schema[column].Name == "PredictedLabel";

    private IEnumerable<string> Annotations(ITransformer transformer, string column)
        => transformer.GetOutputSchema(_test.Schema)[column].Annotations.Schema.Select(annotation => annotation.Name);

    /// <summary>One of each kind, trained once for all tests.</summary>
    public sealed class Detectors : IDisposable
    {
        private readonly Dictionary<VaeScoreKind, VaeTransformer> _transformers = Enum.GetValues<VaeScoreKind>()
            .ToDictionary(kind => kind, Fit);

        public VaeTransformer this[VaeScoreKind kind] => _transformers[kind];

        public void Dispose()
        {
            foreach (var transformer in _transformers.Values)
            {
                transformer.Dispose();
            }
        }

        private static VaeTransformer Fit(VaeScoreKind kind)
        {
            var mlContext = new MLContext();
            return mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
            {
                ContributionsColumnName = "Contributions",
                Contamination = Contamination,
                ScoreKind = kind,
                Training = TinyVae.Training with { Epochs = 30, LearningRate = 0.01, ValidationFraction = 0.3 },
            }).Fit(FactorRows.View(mlContext, 600));
        }
    }

    public sealed class Verdict
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
