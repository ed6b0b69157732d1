using MLNet.Vae.Measures;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Measures;

public class MutualInformationTests
{
    /// <summary>
    /// Two factors of two values over ten times eight rows; dimension 0 follows a but for one row in eight, dimension 1 follows b but for
    /// two, 2 nothing.
    /// </summary>
    [Fact]
    public void The_gap_of_two_factors_is_as_worked_out_by_hand()
    {
        int[] a = [0, 0, 0, 0, 1, 1, 1, 1], b = [0, 0, 1, 1, 0, 0, 1, 1];
        float[][] z = [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 1, 1], [1, 0, 0], [0, 1, 1]];
        var rows = Enumerable.Range(0, 80).Select(row => row % 8).ToArray();

        var scores = VaeDisentanglement.Measure(
            [.. rows.Select(row => z[row])],
            [VaeFactor.Categorical("a", rows.Select(row => a[row])), VaeFactor.Ordered("b", rows.Select(row => (double)b[row]))], seed: 1);

        // Joint counts of 8 for (z0, a): 00 4, 01 1, 11 3.
        var ofA = (4 * Math.Log(4.0 * 8 / (5 * 4)) + 1 * Math.Log(1.0 * 8 / (5 * 4)) + 3 * Math.Log(3.0 * 8 / (3 * 4))) / 8;
        // (z1, b): 00 3, 01 1, 10 1, 11 3; (z0, b): 00 2, 01 3, 10 2, 11 1; (z1, a): 2 each; (z2, a) and (z2, b): 2 each.
        var ofB = (6 * Math.Log(3.0 * 8 / (4 * 4)) + 2 * Math.Log(1.0 * 8 / (4 * 4))) / 8;
        var second =
            (
                2 * Math.Log(2.0 * 8 / (5 * 4))
                + 3 * Math.Log(3.0 * 8 / (5 * 4))
                + 2 * Math.Log(2.0 * 8 / (3 * 4))
                + 1 * Math.Log(1.0 * 8 / (3 * 4))
            ) / 8;
        Assert.Equal(ofA, scores.Factors[0].MutualInformation[0], 1e-12);
        Assert.Equal(0, scores.Factors[0].MutualInformation[1], 1e-12);
        Assert.Equal(ofB, scores.Factors[1].MutualInformation[1], 1e-12);
        Assert.Equal(second, scores.Factors[1].MutualInformation[0], 1e-12);
        Assert.Equal((ofA / Math.Log(2) + (ofB - second) / Math.Log(2)) / 2, scores.Mig, 1e-12);
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(30, 20)]
    [InlineData(2_001, 7)]
    public void Bins_hold_as_many_rows_each_whichever_way_the_values_run(int rows, int bins)
    {
        var random = new Random(rows);
        var values = Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray();
        var (up, down) = (Binning.ByRank(values, bins), Binning.ByRank(Array.ConvertAll(values, value => -value), bins));

        Assert.Equal(up.Of, down.Of.Select(bin => bins - 1 - bin));
        var counts = up.Of.CountBy(bin => bin).Select(entry => entry.Value).ToArray();
        Assert.Equal(bins, counts.Length);
        Assert.InRange(counts.Max() - counts.Min(), 0, 2);
    }

    [Fact]
    public void Equal_values_share_a_bin_and_few_values_have_one_each()
    {
        var values = Enumerable.Range(0, 100).Select(row => row < 60 ? 0.0 : row).ToArray();
        var bins = Binning.ByRank(values, 10);
        Assert.Single(bins.Of[..60].Distinct());
        Assert.Equal([0, 2, 1, 0, 2], Binning.ByRank([-1, 8, 3, -1, 8], 20).Of);
        Assert.Equal(3, Binning.ByRank([-1, 8, 3, -1, 8], 20).Count);
    }
}
