using MLNet.Vae.Reporting;

namespace MLNet.Vae.Tests.Report;

public class RowSelectionTests
{
    [Fact]
    public void All_rows_are_taken_where_they_are_no_more_than_the_limit()
    {
        var all = RowSelection.Of(total: 7, limit: 7, seed: 1);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], all.Numbers);
        Assert.False(all.IsSample);
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(1_000, 7)]
    [InlineData(60_000_000_000, 5_000)]
    public void One_row_is_drawn_from_each_of_equal_stretches(long total, int limit)
    {
        var selection = RowSelection.Of(total, limit, seed: 3);
        Assert.True(selection.IsSample);
        Assert.Equal(limit, selection.Numbers.Length);
        for (var i = 0; i < limit; i++)
            Assert.InRange(selection.Numbers[i], (long)((Int128)i * total / limit), (long)((Int128)(i + 1) * total / limit) - 1);
    }

    [Fact]
    public void The_draw_follows_no_period_of_the_data()
    {
        // Every tenth row is of another kind: equal steps of ten would take none of them, or nothing else.
        var taken = RowSelection.Of(total: 100_000, limit: 10_000, seed: 1).Numbers.Count(number => number % 10 == 0);
        Assert.InRange(taken, 900, 1_100);
    }

    [Fact]
    public void The_seed_determines_the_draw()
    {
        Assert.Equal(RowSelection.Of(1_000, 10, seed: 5).Numbers, RowSelection.Of(1_000, 10, seed: 5).Numbers);
        Assert.NotEqual(RowSelection.Of(1_000, 10, seed: 5).Numbers, RowSelection.Of(1_000, 10, seed: 6).Numbers);
    }
}
