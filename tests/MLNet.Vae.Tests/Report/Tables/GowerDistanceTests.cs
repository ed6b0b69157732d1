using MLNet.Vae.Reporting;
using static MLNet.Vae.Tests.Report.Tables.TableHand;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>Gower's distance (1971), worked by hand.</summary>
public sealed class GowerDistanceTests
{
    /// <summary>Ranges 10 and none: a column that is always 5 is equal or not.</summary>
    private static readonly GowerDistance Distance = new(
        [Number("size"), Category("colour"), Number("always")],
        Of([0, 4, 10, TableHand.Missing], [0, 1, 1, TableHand.Missing], [5, 5, 5, 5])
    );

    [Theory]
    // To (4, 1, 5): (2/10 + 0 + 0) / 3.
    [InlineData(6, 1, 5, 0.2 / 3)]
    [InlineData(4, 1, 5, 0)]
    // To (10, 1, 5): beyond the range no more than 1.
    [InlineData(35, 1, 5, 1.0 / 3)]
    // A category that no row has; to (0, 0, 5).
    [InlineData(1, -1, 5, 1.1 / 3)]
    [InlineData(TableHand.Missing, TableHand.Missing, 5, 0)]
    // To the row without size, which has no colour either.
    [InlineData(TableHand.Missing, 0, 5, 1.0 / 3)]
    [InlineData(0, 0, 6, 1.0 / 3)]
    public void To_the_closest_row_is_the_mean_over_columns(double size, double colour, double always, double distance) =>
        Assert.Equal(distance, Distance.Closest([[size, colour, always]]).Single(), 1e-12);

    /// <summary>Pooled 6/20; 0.3 · 0.7 · (1/10 + 1/10) = 0.042.</summary>
    [Fact]
    public void Two_shares_are_compared_in_standard_errors()
    {
        Assert.Equal(0.4 / Math.Sqrt(0.042), Privacy.Deviations(5, 10, 1, 10), 1e-12);
        Assert.Equal(0, Privacy.Deviations(0, 10, 0, 20));
        Assert.Equal(0, Privacy.Deviations(10, 10, 20, 20));
    }
}
