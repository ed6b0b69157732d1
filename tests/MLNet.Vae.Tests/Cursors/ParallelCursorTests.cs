using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public sealed class ParallelCursorTests : IDisposable
{
    private const int Rows = 200;
    private const int Cursors = 6;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly VaeTransformer _transformer;
    private readonly ProbeView _source;
    private readonly IDataView _view;

    public ParallelCursorTests()
    {
        _transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new() { BlockSize = 7 });
        _source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(Rows)));
        _view = _transformer.Transform(_source);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void Cursors_of_one_view_run_at_once_and_agree()
    {
        var expected = Read(_view.GetRowCursor(_view.Schema));
        Parallel.For(0, Cursors, _ =>
        {
            var actual = Read(_view.GetRowCursor(_view.Schema));
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            foreach (var (number, values) in expected)
            {
                Assert.Equal(values.Score, actual[number].Score);
                Assert.Equal(values.Embedding, actual[number].Embedding);
            }
        });
    }

    [Theory]
    [InlineData("Number,Score,Reconstruction")]
    [InlineData("Number")]
    public void A_set_of_cursors_shares_out_the_rows(string needed)
    {
        var columns = needed.Split(',').Select(name => _view.Schema[name]).ToArray();
        var cursors = _view.GetRowCursorSet(columns, Cursors);
        Assert.Equal(Cursors, cursors.Length);

        var numbers = new List<int>[Cursors];
        Parallel.For(0, Cursors, i =>
        {
            using var cursor = cursors[i];
            var number = cursor.GetGetter<int>(_view.Schema["Number"]);
            var (n, batch) = (0, -1L);
            numbers[i] = [];
            while (cursor.MoveNext())
            {
                number(ref n);
                numbers[i].Add(n);
                Assert.True(cursor.Batch >= batch && cursor.Batch % Cursors == i);
                Assert.Equal(numbers[i].Count - 1, cursor.Position);
                batch = cursor.Batch;
            }
        });
        Assert.Equal(Enumerable.Range(0, Rows), numbers.SelectMany(list => list).Order());
        Assert.Equal(0, _source.OpenCursors);
    }

    [Fact]
    public void A_set_of_cursors_gives_the_values_of_one()
    {
        var expected = Read(_view.GetRowCursor(_view.Schema));
        var actual = _view.GetRowCursorSet(_view.Schema, Cursors).AsParallel().SelectMany(cursor => Read(cursor)).ToDictionary();
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (number, (score, embedding)) in expected)
        {
            FloatAssert.Near(score, actual[number].Score, $"score of row {number}");
            FloatAssert.Near(embedding, actual[number].Embedding, $"embedding of row {number}");
        }
    }

    [Fact]
    public void A_cached_view_gives_the_same_values()
        => ViewAssert.SameRows(_view, _mlContext.Data.Cache(_view), _ => true);

    private static Dictionary<int, (float Score, float[] Embedding)> Read(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            var number = cursor.GetGetter<int>(cursor.Schema["Number"]);
            var score = cursor.GetGetter<float>(cursor.Schema["Score"]);
            var embedding = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Embedding"]);
            var (n, value, mean) = (0, 0f, default(VBuffer<float>));
            var rows = new Dictionary<int, (float, float[])>();
            while (cursor.MoveNext())
            {
                number(ref n);
                score(ref value);
                embedding(ref mean);
                rows[n] = (value, [.. mean.DenseValues()]);
            }

            return rows;
        }
    }
}
