using MLNet.Vae.Reporting;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>Distances of two samples of one column, worked by hand.</summary>
public sealed class DistancesTests
{
    /// <summary>½ (|½ − ¼| + |½ − ¼| + |0 − ½|) = ½.</summary>
    [Fact]
    public void Total_variation_is_half_the_sum_of_differences_of_shares()
    {
        var first = new Dictionary<double, int> { [0] = 3, [1] = 3 };
        var second = new Dictionary<double, int> { [0] = 1, [1] = 1, [double.NaN] = 2 };
        Assert.Equal(0.5, Distances.TotalVariation(first, second), 1e-12);
        Assert.Equal(0, Distances.TotalVariation(second, second), 1e-12);
        Assert.Equal(1, Distances.TotalVariation(first, new Dictionary<double, int> { [7] = 2 }), 1e-12);
    }

    [Theory]
    // At 2: 3/4 of the first and 1/4 of the second are not above; ties step together.
    [InlineData(new double[] { 1, 2, 2, 4 }, new double[] { 2, 3, 4, 5 }, 0.5)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, 0)]
    [InlineData(new double[] { 1, 1, 2, 2, 3, 3 }, new double[] { 1, 2, 3 }, 0)]
    [InlineData(new double[] { 1, 2 }, new double[] { 3 }, 1)]
    [InlineData(new double[] { 0, 0, 0, 1 }, new double[] { 0 }, 0.25)]
    [InlineData(new double[] { }, new double[] { 1 }, 1)]
    [InlineData(new double[] { }, new double[] { }, 0)]
    public void Kolmogorov_and_smirnov(double[] first, double[] second, double distance)
    {
        Assert.Equal(distance, Distances.KolmogorovSmirnov(first, second), 1e-12);
        Assert.Equal(distance, Distances.KolmogorovSmirnov(second, first), 1e-12);
    }

    [Fact]
    public void Quantiles_are_linear_between_values()
    {
        Assert.Equal(1.15, Quantiles.At([1, 2, 3, 4], 0.05), 1e-12);
        Assert.Equal(2.5, Quantiles.At([1, 2, 3, 4], 0.5), 1e-12);
        Assert.Equal(7, Quantiles.At([7], 0.95));
        Assert.Equal(double.NaN, Quantiles.At([], 0.5));
    }
}
