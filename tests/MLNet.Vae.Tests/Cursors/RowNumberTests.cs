using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>Errors and warnings name the row of the data, whichever cursor reads it and in whatever order.</summary>
public sealed class RowNumberTests : IDisposable
{
    private const int Rows = 2_400;
    private const int BadRow = 2_345;
    private const int Cursors = 6;
    private const string Bad = "Column \"Features\", row 2,345 (counted from 0), slot 4: expected a finite number, found NaN";

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly VaeTransformer _strict;
    private readonly List<string> _warnings = [];

    public RowNumberTests()
    {
        _strict = new(_mlContext, SampleModels.Create(SampleModels.AllColumns), new() { BlockSize = 7 });
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
            {
                lock (_warnings)
                {
                    _warnings.Add(entry.RawMessage);
                }
            }
        };
    }

    public void Dispose() => _strict.Dispose();

    [Fact]
    public void A_cursor_in_the_order_of_the_data()
    {
        var source = Source();
        var view = _strict.Transform(source);
        Assert.StartsWith(Bad, OnlyRefusal(view, "Score", [view.GetRowCursor([view.Schema["Score"]])]), StringComparison.Ordinal);
        Assert.Equal(1, source.CursorsMade);
    }

    [Fact]
    public void A_cursor_in_another_order()
    {
        var view = _strict.Transform(Source());
        Assert.StartsWith(
            Bad,
            OnlyRefusal(view, "Score", [view.GetRowCursor([view.Schema["Score"]], new Random(3))]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_view_of_rows_in_another_order()
    {
        var source = new ProbeView(_mlContext.Data.ShuffleRows(SampleData.View(_mlContext, BadRows()), seed: 7));
        var row = Array.IndexOf([.. source.GetColumn<int>("Number")], BadRow);
        Assert.NotEqual(BadRow, row);
        var view = _strict.Transform(source);
        Assert.StartsWith(
            FormattableString.Invariant($"Column \"Features\", row {row:N0} (counted from 0), slot 4: "),
            OnlyRefusal(view, "Score", view.GetRowCursorSet([view.Schema["Score"]], Cursors)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Cursors_of_a_set()
    {
        var source = Source();
        var view = _strict.Transform(source);
        Assert.StartsWith(Bad, OnlyRefusal(view, "Score", view.GetRowCursorSet([view.Schema["Score"]], Cursors)), StringComparison.Ordinal);
        Assert.Equal(0, source.OpenCursors);
        Assert.Empty(source.ColumnsAsked[^1]);
    }

    [Fact]
    public void Cursors_of_a_set_of_log_likelihoods()
    {
        var view = _strict.LogLikelihood(Source(), 2, seed: 5);
        DataViewSchema.Column[] needed = [view.Schema["LogLikelihood"]];
        Assert.StartsWith(Bad, OnlyRefusal(view, "LogLikelihood", view.GetRowCursorSet(needed, Cursors)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_cursors_warns_once_of_a_row_of_the_data()
    {
        using var lenient = _strict.WithScoring(new() { BlockSize = 7, NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var view = lenient.Transform(Source());
        Parallel.ForEach(
            view.GetRowCursorSet([view.Schema["Score"]], Cursors),
            cursor =>
            {
                using (cursor)
                {
                    while (cursor.MoveNext()) { }
                }
            }
        );
        Assert.StartsWith(Bad, Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_not_found_again() =>
        Assert.Equal("Column \"F\", a row that the data does not hold any more, slot 2", BadValue.Place("F", null, 2));

    private ProbeView Source() => new(SampleData.View(_mlContext, BadRows()));

    private static List<SampleData.Row> BadRows()
    {
        var rows = SampleData.Rows(Rows);
        rows[BadRow].Features = new(SampleModels.Features, [1, 2, 3, 4, float.NaN, 6]);
        return rows;
    }

    /// <summary>What the only row says that is refused by any of some cursors.</summary>
    private static string OnlyRefusal(IDataView view, string column, DataViewRowCursor[] cursors) =>
        Assert.Single(
            cursors.SelectMany(cursor =>
            {
                using (cursor)
                {
                    var (value, refusals) = (0f, new List<string>());
                    var getter = cursor.GetGetter<float>(view.Schema[column]);
                    while (cursor.MoveNext())
                    {
                        if (Record.Exception(() => getter(ref value)) is { } exception)
                        {
                            refusals.Add(exception.Message);
                        }
                    }
                    return refusals;
                }
            })
        );
}
