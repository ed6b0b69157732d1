using MLNet.Vae.Tests.Cursors;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace MLNet.Vae.Tests.Saving;

public class SavedPipelineTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void An_embedding_is_saved_as_one_stock_transformer()
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(20));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var loaded = SavedModel.RoundTrip(transformer, source.Schema);
        Assert.IsType<OnnxTransformer>(loaded);
        ViewAssert.SameRows(transformer.Transform(source), loaded.Transform(source), _ => true);
    }

    [Fact]
    public void Score_and_label_are_saved_as_stock_transformers_without_their_annotations()
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(20));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        var loaded = SavedModel.RoundTrip(transformer, source.Schema);
        Assert.All(
            Assert.IsType<IEnumerable<ITransformer>>(loaded, exactMatch: false),
            part => Assert.Equal("Microsoft.ML", part.GetType().Assembly.GetName().Name![..12]));
        Assert.DoesNotContain(Parts(loaded), part => part.GetType().Name.StartsWith("CustomMapping", StringComparison.Ordinal));

        var view = loaded.Transform(source);
        Assert.Equal(transformer.GetOutputSchema(source.Schema).Select(column => column.Name), view.Schema.Select(column => column.Name));
        Assert.Empty(view.Schema["Score"].Annotations.Schema);
        Assert.Empty(view.Schema["PredictedLabel"].Annotations.Schema);
        ViewAssert.SameRows(transformer.Transform(source), view, _ => true);
    }

    /// <summary>What a predictor of ML.NET would give as the label of a score that is NaN: it lies above no threshold.</summary>
    [Fact]
    public void A_row_that_cannot_be_scored_is_no_normal_one_in_stock_transformers_either()
    {
        var rows = SampleData.Rows(20).ToList();
        rows[3].Features = With(rows[3].Features, float.NaN);
        rows[5].Features = With(rows[5].Features, float.PositiveInfinity);
        var source = SampleData.View(_mlContext, rows);
        using var transformer = new VaeTransformer(
            _mlContext, SampleModels.Create(SampleModels.AllColumns), new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var view = SavedModel.RoundTrip(transformer, source.Schema).Transform(source);
        var (scores, labels) = (view.GetColumn<float>("Score").ToList(), view.GetColumn<bool>("PredictedLabel").ToList());
        Assert.False(float.IsFinite(scores[3]) || float.IsFinite(scores[5]));
        Assert.True(labels[3] && labels[5]);
        Assert.Equal(scores.Select(score => !(score <= transformer.Threshold)), labels);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Score_and_label_can_be_saved_each_alone(bool score, bool label)
    {
        var columns = new VaeColumns { Features = "Features", Score = score ? "S" : null, PredictedLabel = label ? "L" : null };
        var source = SampleData.View(_mlContext, SampleData.Rows(20));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(columns), new());
        var loaded = SavedModel.RoundTrip(transformer, source.Schema);
        SchemaAssert.Same(transformer.GetOutputSchema(source.Schema), loaded.GetOutputSchema(source.Schema), "S", "L");
        ViewAssert.SameRows(transformer.Transform(source), loaded.Transform(source), _ => true);
    }

    [Fact]
    public void A_chain_round_trips_with_what_comes_before_and_after()
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(60));
        var fitted = _mlContext.Transforms.CopyColumns("Copy", "Features")
            .Append(new ModelEstimator(_mlContext, SampleModels.Create(SampleModels.EmbeddingColumns with { Features = "Copy" })))
            .Append(_mlContext.BinaryClassification.Trainers.FastTree(
                nameof(SampleData.Row.Flag), "Embedding", numberOfTrees: 5, minimumExampleCountPerLeaf: 2))
            .Fit(source);
        var loaded = SavedModel.RoundTrip(fitted, source.Schema);
        var scored = fitted.Transform(source);
        Assert.True(scored.GetColumn<float>("Score").Distinct().Count() > 1);
        ViewAssert.SameRows(scored, loaded.Transform(source), _ => true);
    }

    [Fact]
    public void A_loaded_model_predicts_row_by_row()
    {
        var rows = SampleData.Rows(10);
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        var loaded = SavedModel.RoundTrip(transformer, SampleData.View(_mlContext, rows).Schema);
        using var expected = _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(transformer);
        using var actual = _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(loaded);
        foreach (var row in rows)
        {
            var (before, after) = (expected.Predict(row), actual.Predict(row));
            FloatAssert.Near(before.Embedding, after.Embedding, "embedding");
            FloatAssert.Near(before.Score, after.Score, "score");
            Assert.Equal(before.PredictedLabel, after.PredictedLabel);
        }
    }

    [Fact]
    public void A_loaded_model_refuses_what_the_saved_one_refuses()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var loaded = SavedModel.RoundTrip(transformer, SampleData.View(_mlContext, SampleData.Rows(1)).Schema);
        Refusal.Expect(
            () => loaded.Transform(SampleData.Features(_mlContext, [], SampleModels.Features, "Other")), "data without features");
        Refusal.Expect(
            () => loaded.Transform(SampleData.Features(_mlContext, [], SampleModels.Features + 1)), "data of another width");
    }

    [Fact]
    public void A_disposed_transformer_still_saves()
    {
        var schema = SampleData.View(_mlContext, SampleData.Rows(1)).Schema;
        var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        transformer.Dispose();
        Assert.IsType<OnnxTransformer>(SavedModel.RoundTrip(transformer, schema));
    }

    private static VBuffer<float> With(VBuffer<float> row, float first) => new(row.Length, [first, .. row.DenseValues().Skip(1)]);

    private static IEnumerable<ITransformer> Parts(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [transformer];
}
