using MLNet.Vae.Data;

namespace MLNet.Vae.Tests.Data;

public class ColumnStatisticsTests
{
    [Fact]
    public void Standardising_subtracts_the_mean_and_divides_by_the_standard_deviation()
    {
        var scaling = Of([1, 10, 3, 30, 5, 50], 2).Scaling(_ => VaeNormalization.Standardize);
        Assert.Equal([3, 30], scaling.Offset);
        Assert.Equal([(float)Math.Sqrt(8 / 3.0), (float)Math.Sqrt(800 / 3.0)], scaling.Scale);
    }

    [Fact]
    public void Min_max_maps_the_range_to_the_unit_interval()
    {
        var scaling = Of([1, -10, 3, 30, 5, 5], 2).Scaling(_ => VaeNormalization.MinMax);
        Assert.Equal([1, -10], scaling.Offset);
        Assert.Equal([4, 40], scaling.Scale);
    }

    [Fact]
    public void None_leaves_rows_as_they_are()
    {
        var scaling = Of([1, 2, 3, 4], 2).Scaling(_ => VaeNormalization.None);
        Assert.Equal([0, 0], scaling.Offset);
        Assert.Equal([1, 1], scaling.Scale);
    }

    [Fact]
    public void A_small_spread_of_large_values_is_measured_exactly()
    {
        // 16,777,216 is where single precision counts in steps of 2; sums of squares would lose all of the spread.
        const float Large = 16_777_216;
        var scaling = Of([.. Enumerable.Range(0, 1_000).Select(i => Large + 64 * (i % 2))], 1).Scaling(_ => VaeNormalization.Standardize);
        Assert.Equal(Large + 32, scaling.Offset[0]);
        Assert.Equal(32, scaling.Scale[0]);
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize)]
    [InlineData(VaeNormalization.MinMax)]
    public void A_constant_feature_is_divided_by_one(VaeNormalization normalization)
    {
        var statistics = Of([5, 1, 5, 2, 5, 3], 2);
        Assert.Equal([0], statistics.ConstantFeatures());
        Assert.Equal((5, 1), (statistics.Scaling(_ => normalization).Offset[0], statistics.Scaling(_ => normalization).Scale[0]));
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize)]
    [InlineData(VaeNormalization.MinMax)]
    public void Rounding_is_no_spread(VaeNormalization normalization)
    {
        var statistics = Of([1_000, 1, MathF.BitIncrement(1_000), 2, 1_000, 3], 2);
        Assert.Equal([0], statistics.ConstantFeatures());
        Assert.Equal(1, statistics.Scaling(_ => normalization).Scale[0]);
    }

    [Fact]
    public void Blocks_add_up()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => MathF.Sin(i))];
        var whole = Of(values, 3);
        var parts = new ColumnStatistics(3);
        foreach (var block in values.Chunk(9))
        {
            parts.Add(new FeatureBlock(block, block.Length / 3));
        }

        Assert.Equal(20, parts.Rows);
        Assert.Equal(whole.Scaling(_ => VaeNormalization.Standardize).Offset, parts.Scaling(_ => VaeNormalization.Standardize).Offset);
        Assert.Equal(whole.Scaling(_ => VaeNormalization.Standardize).Scale, parts.Scaling(_ => VaeNormalization.Standardize).Scale);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 1, 2 }, true)]
    [InlineData(new float[] { 1, 2, 1, 3 }, false)]
    public void Tells_whether_all_rows_are_equal(float[] values, bool equal) => Assert.Equal(equal, Of(values, 2).AllRowsEqual);

    private static ColumnStatistics Of(float[] values, int features)
    {
        var statistics = new ColumnStatistics(features);
        statistics.Add(new FeatureBlock(values, values.Length / features));
        return statistics;
    }
}
