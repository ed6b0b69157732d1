using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Cursors;

public class NonFiniteTests
{
    private const int BadRow = 5;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly List<string> _warnings = [];

    public NonFiniteTests() => _mlContext.Log += (_, entry) =>
    {
        if (entry.Kind == ChannelMessageKind.Warning)
        {
            _warnings.Add(entry.RawMessage);
        }
    };

    [Theory]
    [InlineData(float.NaN, "NaN", false)]
    [InlineData(float.PositiveInfinity, "Infinity", false)]
    [InlineData(float.NegativeInfinity, "-Infinity", true)]
    public void Throws_at_the_row_and_names_column_row_and_slot(float value, string word, bool sparse)
    {
        using var transformer = Transformer(NonFiniteHandling.Throw);
        var view = transformer.Transform(SampleData.View(_mlContext, Rows(value, sparse), SampleData.SlotNames));
        using var cursor = view.GetRowCursor([view.Schema["Score"], view.Schema["Name"]]);
        var score = cursor.GetGetter<float>(view.Schema["Score"]);
        var name = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Name"]);
        var (found, text) = (0f, default(ReadOnlyMemory<char>));
        while (cursor.MoveNext())
        {
            name(ref text);
            if (cursor.Position == BadRow)
            {
                var exception = Refusal.Expect(() => score(ref found), "a value that is not finite");
                Assert.Equal(
                    $"Column \"Features\", row 5 (counted from 0), slot 4 (\"age\"): expected a finite number, found {word}. "
                        + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), "
                        + "or set VaeScoringOptions.NonFiniteInput = NonFiniteHandling.ReturnNaN.",
                    exception.Message);
            }
            else
            {
                score(ref found);
                Assert.True(float.IsFinite(found));
            }
        }
    }

    [Fact]
    public void Returns_NaN_for_the_row_alone_and_warns_once_in_a_pass()
    {
        var rows = Rows(float.NaN, sparse: false);
        rows[8] = Rows(float.PositiveInfinity, sparse: true)[BadRow];
        using var transformer = Transformer(NonFiniteHandling.ReturnNaN);
        var view = transformer.Transform(SampleData.View(_mlContext, rows));
        Assert.Empty(_warnings);

        var scores = view.GetColumn<float>("Score").ToArray();
        Assert.Equal([5, 8], Enumerable.Range(0, scores.Length).Where(i => float.IsNaN(scores[i])));
        Assert.Equal(
            "Column \"Features\", row 5 (counted from 0), slot 4: expected a finite number, found NaN; "
                + "the outputs of this row are NaN, and so are those of every such row of this pass without further warning.",
            Assert.Single(_warnings));

        Assert.True(view.GetColumn<bool>("PredictedLabel").ElementAt(BadRow));
        foreach (var column in new[] { "Embedding", "EmbeddingLogSigma", "Reconstruction", "Contributions" })
        {
            Assert.All(view.GetColumn<VBuffer<float>>(column).ElementAt(BadRow).DenseValues(), value => Assert.True(float.IsNaN(value)));
        }
    }

    /// <summary>In memory and in a pipeline that stock ML.NET loaded: a row that cannot be scored never passes as normal.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-3.4028235e38f)]
    public void A_row_without_a_finite_score_is_labelled_anomalous_on_every_path(float value)
    {
        var source = SampleData.View(_mlContext, Rows(value, sparse: false));
        using var transformer = Transformer(NonFiniteHandling.ReturnNaN);
        var loaded = SavedModel.RoundTrip(transformer, source.Schema);
        foreach (var view in new[] { transformer.Transform(source), loaded.Transform(source) })
        {
            Assert.False(view.GetColumn<float>("Score").ElementAt(BadRow) <= transformer.Model.Info.Threshold);
            Assert.True(view.GetColumn<bool>("PredictedLabel").ElementAt(BadRow));
            Assert.True(float.IsFinite(view.GetColumn<float>("Score").First()));
        }
    }

    [Fact]
    public void Reading_no_added_column_refuses_nothing()
    {
        using var transformer = Transformer(NonFiniteHandling.Throw);
        var view = transformer.Transform(SampleData.View(_mlContext, Rows(float.NaN, sparse: false)));
        Assert.Equal(12, view.GetColumn<string>("Name").Count());
    }

    [Fact]
    public void A_prediction_throws_or_returns_NaN_too()
    {
        var rows = Rows(float.NaN, sparse: false);
        using var strict = Engine(NonFiniteHandling.Throw);
        Assert.True(float.IsFinite(strict.Predict(rows[0]).Score));
        var exception = Refusal.Expect(() => strict.Predict(rows[BadRow]), "a value that is not finite");
        Assert.Contains("row 1 (counted from 0), slot 4: expected a finite number, found NaN", exception.Message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(strict.Predict(rows[0]).Score));

        using var lenient = Engine(NonFiniteHandling.ReturnNaN);
        Assert.True(float.IsNaN(lenient.Predict(rows[BadRow]).Score));
        Assert.True(float.IsNaN(lenient.Predict(rows[BadRow]).Score));
        Assert.True(float.IsFinite(lenient.Predict(rows[0]).Score));
        Assert.Single(_warnings);
    }

    private static List<SampleData.Row> Rows(float value, bool sparse)
    {
        var rows = SampleData.Rows(12);
        rows[BadRow].Features = sparse
            ? new(SampleModels.Features, 2, [1, value], [0, 4])
            : new(SampleModels.Features, [1, 2, 3, 4, value, 6]);
        return rows;
    }

    private VaeTransformer Transformer(NonFiniteHandling handling)
        => new(_mlContext, SampleModels.Create(SampleModels.AllColumns), new() { BlockSize = 4, NonFiniteInput = handling });

    private PredictionEngine<SampleData.Row, Prediction> Engine(NonFiniteHandling handling)
        => _mlContext.Model.CreatePredictionEngine<SampleData.Row, Prediction>(Transformer(handling));
}
