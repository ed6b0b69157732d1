using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Calibration;

/// <summary>A threshold, and p-values, of a trained detector.</summary>
public class CrossFitTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(120, 0.1)]
    [InlineData(200, 0.05)]
    public void About_the_share_of_contamination_is_flagged_of_fresh_rows(int count, double contamination)
    {
        const int Repeats = 6;
        var fresh = FactorRows.View(_mlContext, Noise(1_000, seed: 77));
        var share = Enumerable.Range(0, Repeats).Average(repeat =>
        {
            using var detector = Fit(Noise(count, seed: 10 + repeat), contamination);
            return detector.Transform(fresh).GetColumn<bool>("PredictedLabel").Average(label => label ? 1 : 0);
        });
        Assert.InRange(share, 0.5 * contamination, 1.4 * contamination);
    }

    [Fact]
    public void P_values_of_fresh_rows_are_uniform_and_those_of_anomalies_small()
    {
        using var detector = Fit(Noise(400, seed: 1), 0.05);
        Assert.InRange(detector.Model.Info.CalibrationRows, 200, 400);
        float[] pValues = [.. detector.Transform(FactorRows.View(_mlContext, Noise(1_000, seed: 9))).GetColumn<float>("PValue")];
        Assert.InRange(pValues.Average(), 0.42f, 0.6f);
        foreach (var share in new[] { 0.1, 0.3, 0.7 })
            Assert.InRange(pValues.Count(p => p <= share) / 1_000.0, share - 0.1, share + 0.08);
        var far = FactorRows.View(_mlContext, Noise(50, seed: 3).ConvertAll(row => Array.ConvertAll(row, value => 3 * value)));
        var unusual = detector.Transform(far).GetColumn<float>("PValue").ToArray();
        Assert.True(unusual.Order().ElementAt(25) < 0.05);
    }

    [Fact]
    public void The_same_seed_gives_the_same_threshold_and_p_values()
    {
        var rows = FactorRows.Create(100);
        using var one = Fit(rows, 0.1);
        using var other = Fit(rows, 0.1);
        Assert.Equal(one.Threshold, other.Threshold);
        Assert.Equal(one.Model.Info.Calibration!.Scores, other.Model.Info.Calibration!.Scores);
    }

    /// <summary>What the threshold costs changes nothing of the model.</summary>
    [Fact]
    public void The_model_is_that_of_a_fit_without_a_threshold()
    {
        var rows = FactorRows.Create(100);
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions).Fit(FactorRows.View(_mlContext, rows));
        using var embedder = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, rows));
        using var one = new OnnxRunner(detector.Model.ToOnnx(VaeGraph.Encoder));
        using var other = new OnnxRunner(embedder.Model.ToOnnx(VaeGraph.Encoder));
        Assert.Equal(other.Run([.. rows], FactorRows.Features)["mean"], one.Run([.. rows], FactorRows.Features)["mean"]);
    }

    [Fact]
    public void A_saved_pipeline_gives_the_same_p_values()
    {
        using var detector = Fit(Noise(2_600, seed: 1), 0.03, epochs: 1);
        Assert.True(detector.Model.Info.Calibration!.Scores.Count < detector.Model.Info.CalibrationRows);
        var data = _mlContext.Data.LoadFromEnumerable(FactorRows.WithOutliers(100, 20, seed: 4));
        var expected = detector.Transform(data).GetColumn<float>("PValue").ToArray();
        var loaded = SavedModel.RoundTrip(detector, data.Schema);
        // A score may differ in its last bits, and so fall on the other side of another.
        Assert.All(expected.Zip(loaded.Transform(data).GetColumn<float>("PValue")), pair => Assert.Equal(pair.First, pair.Second, 0.004f));
        using var again = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(expected, again.Transform(data).GetColumn<float>("PValue"));
        using var engine = _mlContext.Model.CreatePredictionEngine<FactorRows.LabelledRow, Judged>(again.WithScoring(new()));
        Assert.Equal(expected[3], engine.Predict(FactorRows.WithOutliers(100, 20, seed: 4)[3]).PValue, 0.004f);
    }

    [Fact]
    public void A_row_whose_score_is_NaN_has_the_least_p_value_everywhere()
    {
        using var detector = Fit(Noise(99, seed: 1), 0.05).WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var data = FactorRows.View(_mlContext, [[1, 2, float.NaN, 4, 5, 6], [1e30f, 0, 0, 0, 0, 0]]);
        var least = 1f / (detector.Model.Info.CalibrationRows + 1);
        foreach (var view in new[] { detector.Transform(data), SavedModel.RoundTrip(detector, data.Schema).Transform(data) })
            Assert.Equal([least, least], view.GetColumn<float>("PValue"));
    }

    [Fact]
    public void Too_few_rows_are_warned_of_with_the_number_that_it_takes()
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        using var few = Fit(Noise(100, seed: 1), 0.01);
        var rows = few.Model.Info.CalibrationRows;
        var expected = FormattableString.Invariant($"The threshold for a contamination of 0.01 is set on {rows} of 100 rows, of which ")
            + FormattableString.Invariant($"{rows / 100.0:G3} are expected above it: too few to say what share of other rows will be. ")
            + "Train on at least 500 rows, or ask for a contamination of at least 0.05.";
        Assert.Contains(expected, warnings);
        Assert.Contains(expected, few.Model.Info.Training!.Warnings);
        warnings.Clear();
        using var enough = Fit(Noise(100, seed: 1), 0.05);
        Assert.DoesNotContain(warnings, warning => warning.StartsWith("The threshold", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_are_streamed_have_a_threshold_from_those_held_out()
    {
        var rows = FactorRows.Create(60_000);
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
        {
            Contamination = 0.001,
            Training = TinyVae.Training with { Epochs = 1, BatchSize = 4_096, MemoryLimit = 1 << 20 },
        }).Fit(FactorRows.View(_mlContext, rows));
        Assert.Equal(detector.Model.Info.Training!.ValidationRows, detector.Model.Info.CalibrationRows);
        Assert.True(detector.Model.Info.CalibrationRows < 10_000);
    }

    [Fact]
    public void Another_threshold_leaves_p_values_as_they_are()
    {
        using var detector = Fit(FactorRows.Create(100), 0.1);
        using var other = detector.WithThreshold(3);
        var data = FactorRows.View(_mlContext, 20, seed: 3);
        Assert.Equal(detector.Transform(data).GetColumn<float>("PValue"), other.Transform(data).GetColumn<float>("PValue"));
    }

    [Fact]
    public void A_model_without_calibration_scores_has_no_p_values()
    {
        using var detector = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.DetectionColumns), new());
        var columns = SampleModels.DetectionColumns with { PValue = "PValue" };
        var exception = Refusal.Expect(() => detector.WithColumns(columns).Dispose(), "p-values of nothing");
        Assert.Contains(
            "Column \"PValue\" holds p-values, but the model has no calibration scores, which only detectors of this version have. "
                + "Train again with AnomalyDetection.Trainers.Vae, or leave PValue out.",
            exception.Message,
            StringComparison.Ordinal);
    }

    /// <summary>Rows of which nothing but their spread can be learned, so that a fit is done early.</summary>
    private static List<float[]> Noise(int count, int seed)
    {
        var random = new Random(seed);
        float[] Row() => [.. new float[FactorRows.Features].Select(_ => (float)Training.Trainer.Normal(random))];
        return [.. Enumerable.Range(0, count).Select(_ => Row())];
    }

    private VaeTransformer Fit(IEnumerable<float[]> rows, double contamination, int epochs = 60)
        => _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
        {
            Contamination = contamination,
            Training = TinyVae.Training with { Epochs = epochs, LearningRate = 0.01, Patience = 20 },
        }).Fit(FactorRows.View(_mlContext, rows));

    private sealed class Judged
    {
        public float PValue { get; set; }
    }
}
