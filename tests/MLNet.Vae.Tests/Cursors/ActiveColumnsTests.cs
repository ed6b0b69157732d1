using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public sealed class ActiveColumnsTests : IDisposable
{
    private const int Block = 4;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly ProbeView _source;
    private readonly VaeTransformer _transformer;
    private readonly IDataView _view;

    public ActiveColumnsTests()
    {
        _source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(10)));
        _transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new() { BlockSize = Block });
        _view = _transformer.Transform(_source);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void Transform_reads_nothing()
    {
        Assert.Equal(0, _source.CursorsMade);
        Assert.Equal(10, _view.GetRowCount());
        Assert.Equal(_source.CanShuffle, _view.CanShuffle);
    }

    [Theory]
    [InlineData("Embedding", "Features")]
    [InlineData("Score", "Features")]
    [InlineData("Name", "Name")]
    [InlineData("Features", "Features")]
    [InlineData("Name,PredictedLabel,Number", "Number,Features,Name")]
    [InlineData("", "")]
    public void Only_needed_columns_are_asked_of_the_source(string needed, string asked)
    {
        var columns = needed.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => _view.Schema[name]).ToArray();
        using var cursor = _view.GetRowCursor(columns);
        Assert.Equal(asked.Split(',', StringSplitOptions.RemoveEmptyEntries), Assert.Single(_source.ColumnsAsked));
        foreach (var column in _view.Schema)
        {
            Assert.Equal(columns.Any(active => active.Index == column.Index), cursor.IsColumnActive(column));
        }
    }

    [Fact]
    public void Rows_are_read_a_block_ahead_where_an_added_column_is_active()
    {
        using var cursor = _view.GetRowCursor([_view.Schema["Embedding"]]);
        cursor.MoveNext();
        Assert.Equal(Block, _source.RowsRead);
    }

    [Fact]
    public void Rows_are_not_read_ahead_where_no_added_column_is_active()
    {
        using var cursor = _view.GetRowCursor([_view.Schema["Name"]]);
        Assert.Same(_view.Schema, cursor.Schema);
        var name = cursor.GetGetter<ReadOnlyMemory<char>>(_view.Schema["Name"]);
        ReadOnlyMemory<char> value = default;
        for (var i = 0; i < 10; i++)
        {
            Assert.True(cursor.MoveNext());
            name(ref value);
            Assert.Equal((i, i + 1, $"row {i}"), ((int)cursor.Position, _source.RowsRead, value.ToString()));
        }

        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void A_getter_of_an_inactive_column_is_refused()
    {
        using var scoring = _view.GetRowCursor([_view.Schema["Embedding"]]);
        using var passing = _view.GetRowCursor([_view.Schema["Name"]]);
        const string Expected = "is not active in this row; name it in the columns asked of GetRowCursor or GetRow.";
        Assert.Equal(
            $"Column \"Score\" {Expected}",
            Refusal.Expect(() => scoring.GetGetter<float>(_view.Schema["Score"]), "an added column").Message);
        Assert.Equal(
            $"Column \"Features\" {Expected}",
            Refusal.Expect(() => scoring.GetGetter<VBuffer<float>>(_view.Schema["Features"]), "the features").Message);
        Assert.Equal(
            $"Column \"Embedding\" {Expected}",
            Refusal.Expect(() => passing.GetGetter<VBuffer<float>>(_view.Schema["Embedding"]), "an added column").Message);
    }

    [Fact]
    public void A_getter_of_another_type_is_refused()
    {
        using var cursor = _view.GetRowCursor(_view.Schema);
        Assert.Equal(
            "Column \"Embedding\" is of type Vector<Single, 3>; a getter of ValueGetter<VBuffer<Double>> was asked for. Getters never "
            + "convert.",
            Refusal.Expect(() => cursor.GetGetter<VBuffer<double>>(_view.Schema["Embedding"]), "an added column").Message);
        Assert.Equal(
            "Column \"Number\" is of type Int32; a getter of ValueGetter<Int64> was asked for. Getters never convert.",
            Refusal.Expect(() => cursor.GetGetter<long>(_view.Schema["Number"]), "a column that passes through").Message);
    }

    [Fact]
    public void A_shuffle_is_passed_on_to_the_source()
    {
        var random = new Random(3);
        using var cursor = _view.GetRowCursor([_view.Schema["Embedding"]], random);
        using var other = _view.GetRowCursor([_view.Schema["Name"]], random);
        Assert.Equal([random, random], _source.ShufflesAsked);
    }

    [Fact]
    public void Shuffled_rows_keep_their_values()
    {
        var rows = SampleData.Rows(200);
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new() { BlockSize = 16 });
        var view = transformer.Transform(SampleData.View(_mlContext, rows));
        var expected = view.GetColumn<float>("Score").ToArray();

        using var cursor = view.GetRowCursor([view.Schema["Number"], view.Schema["Score"]], view.CanShuffle ? new Random(1) : null);
        var number = cursor.GetGetter<int>(view.Schema["Number"]);
        var score = cursor.GetGetter<float>(view.Schema["Score"]);
        var (n, value) = (0, 0f);
        var seen = new HashSet<int>();
        while (cursor.MoveNext())
        {
            number(ref n);
            score(ref value);
            FloatAssert.Near(expected[n], value, $"score of row {n}");
            seen.Add(n);
        }

        Assert.Equal(rows.Count, seen.Count);
    }
}
