using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public class VaeCursorTests
{
    private const int Block = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(3 * Block)]
    [InlineData(3 * Block + 1)]
    public void Every_row_around_a_block_has_its_values(int rowCount)
    {
        var model = SampleModels.Create(SampleModels.AllColumns);
        var rows = SampleData.Rows(rowCount);
        var source = new ProbeView(SampleData.View(_mlContext, rows), knowsRowCount: false);
        using var transformer = new VaeTransformer(_mlContext, model, new() { BlockSize = Block });
        var view = transformer.Transform(source);

        using var cursor = view.GetRowCursor(view.Schema);
        var number = cursor.GetGetter<int>(view.Schema["Number"]);
        var embedding = cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var contributions = cursor.GetGetter<VBuffer<float>>(view.Schema["Contributions"]);
        var score = cursor.GetGetter<float>(view.Schema["Score"]);
        var label = cursor.GetGetter<bool>(view.Schema["PredictedLabel"]);
        var reference = rowCount == 0 ? null : new Reference(model, [.. rows.Select(row => row.Features.DenseValues().ToArray())]);
        var (i, mean, shares, value, isAnomaly, n) = (0, default(VBuffer<float>), default(VBuffer<float>), 0f, false, 0);
        while (cursor.MoveNext())
        {
            number(ref n);
            embedding(ref mean);
            contributions(ref shares);
            score(ref value);
            label(ref isAnomaly);
            Assert.Equal((i, i), (n, cursor.Position));
            FloatAssert.Near(reference!.Mean(i), mean.GetValues(), $"embedding of row {i}");
            FloatAssert.Near(reference.Contributions(i), shares.GetValues(), $"contributions of row {i}");
            FloatAssert.Near(reference.Score(i), value, $"score of row {i}");
            FloatAssert.Near(value, shares.GetValues().ToArray().Sum(), $"sum of the contributions of row {i}");
            Assert.Equal(value > SampleModels.Threshold, isAnomaly);
            i++;
        }

        Assert.Equal(rowCount, i);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Both_labels_occur_in_the_sample_rows()
    {
        var model = SampleModels.Create(SampleModels.DetectionColumns);
        using var transformer = new VaeTransformer(_mlContext, model, new());
        var labels = transformer.Transform(SampleData.View(_mlContext, SampleData.Rows(50))).GetColumn<bool>("PredictedLabel").ToArray();
        Assert.Contains(true, labels);
        Assert.Contains(false, labels);
    }

    [Fact]
    public void A_block_size_changes_no_value()
    {
        var model = SampleModels.Create(SampleModels.AllColumns);
        var source = SampleData.View(_mlContext, SampleData.Rows(50));
        using var byOne = new VaeTransformer(_mlContext, model, new() { BlockSize = 1 });
        foreach (var size in new[] { 2, 7, 50, VaeScoringOptions.DefaultBlockSize })
        {
            using var byMany = byOne.WithScoring(new() { BlockSize = size });
            ViewAssert.SameRows(byOne.Transform(source), byMany.Transform(source), _ => true);
        }
    }

    [Fact]
    public void Very_wide_rows_are_scored_in_smaller_blocks()
    {
        const int Width = 1 << 20;
        var model = SampleModels.Embedder(features: Width, latents: 2, hidden: 2);
        var rows = Enumerable.Repeat(new float[Width], 20);
        var source = new ProbeView(SampleData.Features(_mlContext, rows, Width));
        using var transformer = new VaeTransformer(_mlContext, model, new());
        var view = transformer.Transform(source);
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.True(cursor.MoveNext());
        Assert.InRange(source.RowsRead, 1, 16);
    }

    [Fact]
    public void Position_batch_and_ids_are_those_of_the_row_served()
    {
        var source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(10)));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = Block });
        var view = transformer.Transform(source);
        using var sourceCursor = source.GetRowCursor(source.Schema);
        using var cursor = view.GetRowCursor([view.Schema["Embedding"]]);
        var sourceId = sourceCursor.GetIdGetter();
        var id = cursor.GetIdGetter();
        Assert.Equal(-1, cursor.Position);
        DataViewRowId expected = default, actual = default;
        while (sourceCursor.MoveNext())
        {
            Assert.True(cursor.MoveNext());
            sourceId(ref expected);
            id(ref actual);
            Assert.Equal(expected, actual);
            Assert.Equal((sourceCursor.Position, sourceCursor.Batch), (cursor.Position, cursor.Batch));
        }

        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void There_are_no_values_before_the_first_row_nor_after_the_last()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = transformer.Transform(SampleData.View(_mlContext, SampleData.Rows(1)));
        using var cursor = view.GetRowCursor(view.Schema);
        var embedding = cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var name = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Name"]);
        var id = cursor.GetIdGetter();

        void ExpectNone()
        {
            VBuffer<float> vector = default;
            ReadOnlyMemory<char> text = default;
            DataViewRowId rowId = default;
            Refusal.Expect(() => embedding(ref vector), "an embedding");
            Refusal.Expect(() => name(ref text), "a name");
            Refusal.Expect(() => id(ref rowId), "an id");
        }

        ExpectNone();
        Assert.True(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        ExpectNone();
    }

    [Fact]
    public void A_row_that_is_not_as_wide_as_its_type_says_is_refused_when_it_is_read()
    {
        float[][] rows = [new float[SampleModels.Features], new float[SampleModels.Features - 1], new float[SampleModels.Features]];
        using var transformer = new VaeTransformer(
            _mlContext,
            SampleModels.Embedder(),
            new() { NonFiniteInput = NonFiniteHandling.ReturnNaN }
        );
        var view = transformer.Transform(SampleData.Features(_mlContext, rows, SampleModels.Features));
        using var cursor = view.GetRowCursor([view.Schema["Embedding"]]);
        var embedding = cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        VBuffer<float> value = default;
        cursor.MoveNext();
        embedding(ref value);
        cursor.MoveNext();
        var exception = Refusal.Expect(() => embedding(ref value), "a short row");
        Assert.Equal(Messages.RowOfWrongWidth, exception.Message);
        cursor.MoveNext();
        embedding(ref value);
    }

    [Fact]
    public void A_source_that_fails_ends_the_cursor_after_the_rows_before()
    {
        var source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(10))) { FailsAt = 6 };
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = Block });
        var view = transformer.Transform(source);
        using var cursor = view.GetRowCursor(view.Schema);
        for (var i = 0; i < 6; i++)
        {
            Assert.True(cursor.MoveNext());
        }

        Assert.Throws<IOException>(() => cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal((-1, 0), (cursor.Position, source.OpenCursors));
    }

    private static class Messages
    {
        public const string RowOfWrongWidth =
            "Column \"Features\", row 1 (counted from 0): expected 6 values, as the column's type says, found 5. "
            + "Every row must have the size that the type gives.";
    }
}
