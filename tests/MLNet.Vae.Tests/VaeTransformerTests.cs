using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests;

public class VaeTransformerTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _source;

    public VaeTransformerTests() => _source = SampleData.View(_mlContext, SampleData.Rows(30), SampleData.SlotNames);

    [Fact]
    public void Added_columns_have_names_types_and_annotations()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        var schema = transformer.GetOutputSchema(_source.Schema);
        Assert.Equal(
            [
                "Embedding: Vector<Single, 3>", "EmbeddingLogSigma: Vector<Single, 3>", "Reconstruction: Vector<Single, 6>",
                "Contributions: Vector<Single, 6>", "Score: Single", "PredictedLabel: Boolean",
            ],
            schema.Skip(_source.Schema.Count).Select(column => $"{column.Name}: {column.Type}"));
        Assert.Equal(["Embedding0", "Embedding1", "Embedding2"], SlotNames(schema["Embedding"]));
        Assert.Equal(["EmbeddingLogSigma0", "EmbeddingLogSigma1", "EmbeddingLogSigma2"], SlotNames(schema["EmbeddingLogSigma"]));
        Assert.Equal(SampleData.SlotNames, SlotNames(schema["Reconstruction"]));
        Assert.Equal(SampleData.SlotNames, SlotNames(schema["Contributions"]));
        Assert.Equal(("AnomalyDetection", "Score", 1u), ScoreKind(schema["Score"]));
        Assert.Equal(("AnomalyDetection", "PredictedLabel", 1u), ScoreKind(schema["PredictedLabel"]));
    }

    [Fact]
    public void Names_that_the_model_learnt_go_before_those_of_the_data()
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, featureNames: names), new());
        Assert.Equal(names, SlotNames(transformer.GetOutputSchema(_source.Schema)["Reconstruction"]));
    }

    [Fact]
    public void A_second_model_in_a_chain_has_a_score_set_of_its_own()
    {
        using var first = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.DetectionColumns), new());
        using var second = first.WithColumns(new() { Features = "Features", Score = "S2", PredictedLabel = "L2" });
        var schema = second.GetOutputSchema(first.GetOutputSchema(_source.Schema));
        Assert.Equal((1u, 2u, 2u), (ScoreKind(schema["Score"]).Set, ScoreKind(schema["S2"]).Set, ScoreKind(schema["L2"]).Set));
    }

    [Fact]
    public void A_threshold_changes_the_label_and_nothing_else()
    {
        using var original = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        var scores = original.Transform(_source).GetColumn<float>("Score").ToArray();
        foreach (var threshold in new[] { double.MinValue, scores[7], Math.BitDecrement((double)scores[7]), 1e9 })
        {
            using var changed = original.WithThreshold(threshold);
            Assert.Equal(
                (SampleModels.Threshold, threshold, null),
                (original.Threshold, changed.Threshold, changed.Model.Info.Contamination)
            );
            var view = changed.Transform(_source);
            Assert.Equal(scores, view.GetColumn<float>("Score"));
            var expected = scores.Select(score => score > threshold).ToArray();
            Assert.Equal(expected, view.GetColumn<bool>("PredictedLabel"));
            using var back = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(changed, _source.Schema));
            Assert.Equal(threshold, back.Threshold);
        }
    }

    [Fact]
    public void A_saved_threshold_decides_as_the_original_does()
    {
        using var original = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.DetectionColumns), new());
        using var changed = original.WithThreshold(5.5);
        var expected = changed.Transform(_source).GetColumn<bool>("PredictedLabel").ToArray();
        Assert.Equal(expected, SavedModel.RoundTrip(changed, _source.Schema).Transform(_source).GetColumn<bool>("PredictedLabel"));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_threshold_that_is_not_finite_is_refused(double threshold, string text)
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        var exception = Refusal.Expect(() => transformer.WithThreshold(threshold), "a threshold");
        Assert.IsType<ArgumentOutOfRangeException>(exception);
        Assert.Equal(
            $"A threshold must be a finite number. (Parameter 'threshold'){Environment.NewLine}Actual value was {text}.",
            exception.Message);
    }

    [Fact]
    public void Anomalies_are_evaluated()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.DetectionColumns), new());
        var rows = SampleData.Rows(60).Select(row => new LabelledRow { Features = [.. row.Features.DenseValues()] }).ToList();
        var scores = transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score").ToArray();
        var limit = scores.Order().ElementAt(50);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Label = scores[i] > limit ? 1 : 0;
        }

        var metrics = _mlContext.AnomalyDetection.Evaluate(transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows)));
        Assert.Equal(1, metrics.AreaUnderRocCurve, 6);
    }

    [Fact]
    public void All_faults_come_in_one_message()
    {
        var model = SampleModels.Create(SampleModels.AllColumns, threshold: null);
        var options = new VaeScoringOptions { BlockSize = 0, NonFiniteInput = (NonFiniteHandling)7, Threads = 0, GpuDeviceId = -1 };
        var exception = Refusal.Expect(() => _ = new VaeTransformer(_mlContext, model, options), "everything");
        Assert.Equal(
            """
            The model cannot score like this, 5 faults:
            - Column "PredictedLabel" holds predicted labels, but the model has no threshold. Set one with WithThreshold(...), or leave PredictedLabel out.
            - VaeScoringOptions.BlockSize must be from 1 to 1048576, but is 0
            - VaeScoringOptions.NonFiniteInput must be one of Throw, ReturnNaN, but is 7
            - VaeScoringOptions.Threads must be at least 1, or null, but is 0
            - VaeScoringOptions.GpuDeviceId must be at least 0, or null, but is -1
            """,
            exception.Message);
    }

    [Fact]
    public void A_label_can_be_had_once_there_is_a_threshold()
    {
        var columns = SampleModels.DetectionColumns with { PredictedLabel = null };
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(columns, threshold: null), new());
        Assert.Null(transformer.Threshold);
        Refusal.Expect(() => transformer.WithColumns(SampleModels.DetectionColumns), "a label without a threshold");
        using var labelling = transformer.WithThreshold(6).WithColumns(SampleModels.DetectionColumns);
        Assert.Equal(30, labelling.Transform(_source).GetColumn<bool>("PredictedLabel").Count());
    }

    [Fact]
    public void Disposing_twice_is_harmless_and_ends_the_views()
    {
        var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = 4 });
        var view = transformer.Transform(_source);
        using var started = view.GetRowCursor([view.Schema["Embedding"]]);
        using var passing = view.GetRowCursor([view.Schema["Name"]]);
        started.MoveNext();
        transformer.Dispose();
        transformer.Dispose();

        Assert.True(started.MoveNext() && started.MoveNext() && started.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => started.MoveNext());
        Assert.True(passing.MoveNext());
        using var late = view.GetRowCursor([view.Schema["Embedding"]]);
        Assert.Throws<ObjectDisposedException>(() => late.MoveNext());
    }

    [Fact]
    public void Disposing_while_other_threads_score_is_safe()
    {
        for (var i = 0; i < 20; i++)
        {
            var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = 1 });
            var view = transformer.Transform(_source);
            Parallel.For(0, 4, n =>
            {
                if (n == 0)
                {
                    transformer.Dispose();
                    return;
                }

                var exception = Record.Exception(() => view.GetColumn<float[]>("Embedding").Count());
                Assert.True(exception is null or ObjectDisposedException, exception?.ToString());
            });
        }
    }

    [Fact]
    public void A_cursor_disposed_twice_or_midway_ends_and_frees_its_source()
    {
        var source = new ProbeView(_source);
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = 4 });
        var view = transformer.Transform(source);
        foreach (var name in new[] { "Embedding", "Name" })
        {
            var cursor = view.GetRowCursor([view.Schema[name]]);
            cursor.MoveNext();
            cursor.Dispose();
            cursor.Dispose();
            Assert.Equal(0, source.OpenCursors);
        }

        var scoring = view.GetRowCursor([view.Schema["Embedding"]]);
        scoring.MoveNext();
        scoring.Dispose();
        Assert.False(scoring.MoveNext());
        Assert.Equal(-1, scoring.Position);
    }

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue("SlotNames", ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static (string Column, string Value, uint Set) ScoreKind(DataViewSchema.Column column)
    {
        ReadOnlyMemory<char> kind = default, value = default;
        uint set = 0;
        column.Annotations.GetValue("ScoreColumnKind", ref kind);
        column.Annotations.GetValue("ScoreValueKind", ref value);
        column.Annotations.GetValue("ScoreColumnSetId", ref set);
        return (kind.ToString(), value.ToString(), set);
    }

    public sealed class LabelledRow
    {
        [VectorType(SampleModels.Features)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
