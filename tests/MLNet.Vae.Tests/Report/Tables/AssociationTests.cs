using MLNet.Vae.Reporting;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>Measures of association, worked by hand.</summary>
public sealed class AssociationTests
{
    /// <summary>
    /// Of 2 x 2 cells 30, 10, 10, 50: χ² = 100 (30 · 50 − 10 · 10)² / (40 · 60 · 40 · 60), V = √(χ² / 100) = 1400 / 2400 = 7/12.
    /// </summary>
    [Fact]
    public void Cramers_v_of_four_cells_is_phi()
    {
        var (x, y) = Cells([[30, 10], [10, 50]]);
        Assert.Equal(7 / 12.0, Association.CramersV(x, y), 1e-12);
    }

    /// <summary>
    /// Cells 2, 0, 0 / 0, 1, 1 with sums 2, 2 and 2, 1, 1: Σ n_ij² / (n_i n_j) = 1 + ½ + ½ = 2, so V = √((2 − 1) / 1) = 1.
    /// </summary>
    [Fact]
    public void Cramers_v_is_1_where_one_column_follows_from_the_other()
    {
        var (x, y) = Cells([[2, 0, 0], [0, 1, 1]]);
        Assert.Equal(1, Association.CramersV(x, y), 1e-12);
        Assert.Equal(0, Association.CramersV(x, new double[x.Length]));
        (x, y) = Cells([[4, 8], [1, 2]]);
        Assert.Equal(0, Association.CramersV(x, y), 1e-7);
    }

    [Fact]
    public void A_missing_category_is_a_category() =>
        Assert.Equal(1, Association.CramersV([0, 0, TableHand.Missing, TableHand.Missing], [1, 1, 5, 5]), 1e-12);

    /// <summary>Means 2 and 5, of all 3.5: between the groups 2 · 1.5² + 2 · 1.5² = 9 of 6.25 + 0.25 + 0.25 + 6.25 = 13.</summary>
    [Fact]
    public void The_correlation_ratio_is_the_root_of_the_variance_between_categories()
    {
        double[] numbers = [1, 3, 4, 6];
        Assert.Equal(Math.Sqrt(9 / 13.0), Association.CorrelationRatio([0, 0, 1, 1], numbers), 1e-12);
        // Rows without a number do not count.
        Assert.Equal(Math.Sqrt(9 / 13.0), Association.CorrelationRatio([0, 0, 1, 1, 2], [.. numbers, TableHand.Missing]), 1e-12);
        Assert.Equal(1, Association.CorrelationRatio([0, 1, 2, 3], numbers), 1e-12);
        Assert.Equal(0, Association.CorrelationRatio([0, 0, 1, 1], [7, 7, 7, 7]));
        Assert.Equal(0, Association.CorrelationRatio([0], [TableHand.Missing]));
    }

    /// <summary>Deviations −1, 0, 1 and −1, −1, 2 (of 1, 1, 4): 3 / √(2 · 6).</summary>
    [Fact]
    public void Pearsons_correlation_is_of_rows_that_have_both()
    {
        Assert.Equal(3 / Math.Sqrt(12), Association.Pearson([1, 2, 3], [1, 1, 4]), 1e-12);
        Assert.Equal(3 / Math.Sqrt(12), Association.Pearson([1, TableHand.Missing, 2, 3, 9], [1, 50, 1, 4, TableHand.Missing]), 1e-12);
        Assert.Equal(-1, Association.Pearson([1e9, 1e9 + 1, 1e9 + 2], [2, 1, 0]), 1e-12);
        Assert.Equal(0, Association.Pearson([1, 1, 1], [1, 2, 3]));
    }

    private static (double[] X, double[] Y) Cells(int[][] counts)
    {
        var rows = counts.SelectMany((line, x) => line.SelectMany((count, y) => Enumerable.Repeat(((double)x, (double)y), count))).ToList();
        return ([.. rows.Select(row => row.Item1)], [.. rows.Select(row => row.Item2)]);
    }
}
