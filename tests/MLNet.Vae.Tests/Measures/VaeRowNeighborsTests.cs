using MLNet.Vae.Tests.Estimators;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Measures;

/// <summary>The rows nearest to a row or to a vector.</summary>
public sealed class VaeRowNeighborsTests : IDisposable
{
    private const int Rows = 80;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;
    private readonly VaeTransformer _transformer;
    private readonly float[][] _embeddings;

    public VaeRowNeighborsTests()
    {
        _data = ClassRows.View(_mlContext, ClassRows.Create(Rows), ClassRows.Names, null);
        _transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(_data);
        _embeddings = [.. _transformer.Transform(_data).GetColumn<float[]>("Embedding")];
    }

    public static TheoryData<VaeDistance> Distances => [VaeDistance.Cosine, VaeDistance.Euclidean];

    [Theory]
    [MemberData(nameof(Distances))]
    public void Are_those_that_comparing_all_gives(VaeDistance distance)
    {
        var neighbors = VaeRowNeighbors.From(_transformer, _data);
        Assert.Equal((Rows, TinyVae.Latents), (neighbors.Count, neighbors.Dimension));
        foreach (var row in new[] { 0, 17, Rows - 1 })
        {
            Assert.Equal(_embeddings[row], neighbors.Vector(row));
            Same(Expected(_embeddings[row], row, distance).Take(7), neighbors.Nearest(row, 7, distance));
            Assert.Equal(Rows - 1, neighbors.Nearest(row, 1_000, distance).Count);
        }
        float[] vector = [0.3f, -0.2f];
        Same(Expected(vector, -1, distance).Take(7), neighbors.Nearest(vector, 7, distance));
        Assert.Equal(Rows, neighbors.Nearest(vector, 1_000, distance).Count);

        static void Same(IEnumerable<(int Row, double Distance)> expected, IReadOnlyList<VaeRowNeighbor> found)
            => Assert.All(expected.Zip(found), pair =>
            {
                Assert.Equal((pair.First.Row, $"{pair.First.Row}"), (pair.Second.Row, pair.Second.Name));
                Assert.Equal(pair.First.Distance, pair.Second.Distance, 1e-12);
            });
    }

    [Fact]
    public void Of_rows_as_far_the_first_come_first()
    {
        var twice = _mlContext.Data.LoadFromEnumerable(ClassRows.Create(10).Concat(ClassRows.Create(10)));
        var neighbors = VaeRowNeighbors.From(_transformer, twice);
        var near = neighbors.Nearest(13, 19);
        Assert.Equal((3, 0), (near[0].Row, near[0].Distance));
        Assert.Equal(near.OrderBy(n => n.Distance).ThenBy(n => n.Row), near);
    }

    [Fact]
    public void Names_are_texts_keys_or_numbers()
    {
        Assert.Equal(ClassRows.Create(Rows).Select(row => row.Name), Names("Name"));
        Assert.Equal(ClassRows.Create(Rows).Select((_, i) => ClassRows.Names[i % ClassRows.Classes]), Names("Kind"));
        Assert.Equal(ClassRows.Create(Rows).Select(row => row.Number.ToString(null, null)), Names("Number"));

        IEnumerable<string> Names(string column) => VaeRowNeighbors.From(_transformer, _data, column).Names;
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        var neighbors = VaeRowNeighbors.From(_transformer, _data);
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.Nearest(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.Nearest(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.Nearest(Rows, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.Nearest(0, 1, (VaeDistance)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => neighbors.Vector(Rows));
        Assert.Equal("The vector must have 2 values, as the embeddings have; it has 1. (Parameter 'vector')",
            Assert.Throws<ArgumentException>(() => neighbors.Nearest([1f], 1)).Message);
        Assert.Equal("The vector must be finite, but has NaN. (Parameter 'vector')",
            Assert.Throws<ArgumentException>(() => neighbors.Nearest([1f, float.NaN], 1)).Message);
        Assert.StartsWith("The column of names \"Title\" is missing; the data has \"",
            Assert.Throws<ArgumentException>(() => VaeRowNeighbors.From(_transformer, _data, "Title")).Message, StringComparison.Ordinal);
        Assert.StartsWith("The column of names \"Features\" must be a text, a key or a number; it is Vector<Single, ",
            Assert.Throws<ArgumentException>(() => VaeRowNeighbors.From(_transformer, _data, "Features")).Message,
            StringComparison.Ordinal);
        Assert.Equal("At least 1 row is needed to search; there is none. (Parameter 'rows')",
            Assert.Throws<ArgumentException>(() => VaeRowNeighbors.From(_transformer, ClassRows.View(_mlContext, []))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => VaeRowNeighbors.From(_transformer, _mlContext.Transforms.DropColumns("Features").Fit(_data).Transform(_data)));
        Assert.Equal(
            "The transformer adds no column of embeddings: expected one that does. Name VaeColumns.Embedding in WithColumns(...). "
                + "(Parameter 'transformer')",
            Assert.Throws<ArgumentException>(() => VaeRowNeighbors.From(
                _transformer.WithColumns(_transformer.Model.Info.Columns with { Embedding = null }), _data)).Message);
    }

    public void Dispose() => _transformer.Dispose();

    private IEnumerable<(int Row, double Distance)> Expected(float[] from, int without, VaeDistance distance) => _embeddings
        .Select((to, row) => (row, distance == VaeDistance.Euclidean
            ? Math.Sqrt(from.Zip(to, (a, b) => Math.Pow((double)a - b, 2)).Sum())
            : 1 - from.Zip(to, (a, b) => (double)a * b).Sum() / Math.Sqrt(from.Sum(a => (double)a * a) * to.Sum(b => (double)b * b))))
        .Where(other => other.row != without).OrderBy(other => other.Item2);
}
