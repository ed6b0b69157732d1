using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public class PassThroughColumnTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void Columns_of_every_kind_come_out_as_they_went_in(int blockSize)
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(30));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = blockSize });
        var view = transformer.Transform(source);
        ViewAssert.SameIds(source, view);

        using var expected = source.GetRowCursor(source.Schema);
        using var actual = view.GetRowCursor(view.Schema);
        var readers = source
            .Schema.Select(column =>
                (column.Name, In: ColumnReader.Create(column, expected), Out: ColumnReader.Create(view.Schema[column.Name], actual))
            )
            .ToArray();
        while (expected.MoveNext())
        {
            Assert.True(actual.MoveNext());
            foreach (var (name, before, after) in readers)
            {
                Assert.Equal((name, before.ReadText()), (name, after.ReadText()));
            }
        }
    }

    [Fact]
    public void Sparse_vectors_stay_sparse()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = transformer.Transform(SampleData.View(_mlContext, SampleData.Rows(6)));
        var density = view.GetColumn<VBuffer<float>>("Features").Select(value => value.IsDense);
        Assert.Equal([true, false, true, true, false, true], density);
    }

    [Fact]
    public void A_vector_handed_out_is_a_copy()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = transformer.Transform(SampleData.View(_mlContext, SampleData.Rows(2)));
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<double>>(view.Schema["Pair"]);
        VBuffer<double> first = default, second = default;
        cursor.MoveNext();
        getter(ref first);
        VBufferEditor.CreateFromBuffer(ref first).Values.Fill(7);
        getter(ref second);
        Assert.Equal([0, 0], second.DenseValues());
    }

    [Fact]
    public void An_object_handed_out_is_never_written_again()
    {
        var source = new ObjectView(rows: 10);
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { BlockSize = 3 });
        var view = transformer.Transform(source);
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<ObjectView.Box>(view.Schema["Object"]);
        var boxes = new List<ObjectView.Box>();
        while (cursor.MoveNext())
        {
            ObjectView.Box box = null!;
            getter(ref box);
            boxes.Add(box);
            ObjectView.Box same = null!;
            getter(ref same);
            Assert.Same(box, same);
        }

        Assert.Equal(Enumerable.Range(0, 10), boxes.Select(box => box.Row));
    }
}
