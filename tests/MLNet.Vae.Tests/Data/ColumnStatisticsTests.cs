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
    public void Columns_of_one_range_share_their_deviation_and_others_have_their_own()
    {
        // Ten of range 0 to 1, of which the last is never quite 1; one of it twice as wide, one constant.
        const int Rows = 100, Shared = 10, Width = Shared + 2;
        var values = new float[Rows * Width];
        for (var row = 0; row < Rows; row++)
        {
            for (var j = 0; j < Shared; j++)
                values[row * Width + j] = row % (j + 2) == 0 ? 1 : 0;
            values[row * Width + Shared - 1] *= 0.75f;
            values[row * Width + Shared] = row % 2 == 0 ? 2 : 0;
            values[row * Width + Shared + 1] = 5;
        }
        var statistics = Of(values, Width);

        var alone = statistics.Scaling(_ => VaeNormalization.Standardize);
        var shared = statistics.Scaling(_ => VaeNormalization.StandardizeShared);

        var together = (float)Math.Sqrt(Enumerable.Range(0, Shared).Average(statistics.Variance));
        Assert.All(shared.Scale[..Shared], scale => Assert.Equal(together, scale, 1e-6f));
        Assert.Equal(alone.Scale[Shared..], shared.Scale[Shared..]);
        Assert.Equal(alone.Offset, shared.Offset);
        Assert.True(alone.Scale[0] > 1.5f * alone.Scale[Shared - 1]);
    }

    [Fact]
    public void Seven_columns_of_one_range_may_be_chance_and_are_scaled_by_themselves()
    {
        const int Rows = 50, Width = 7;
        float[] values = [.. Enumerable.Range(0, Rows * Width).Select(i => i / Width % (i % Width + 2) == 0 ? 1f : 0)];
        var statistics = Of(values, Width);

        Assert.Equal(
            statistics.Scaling(_ => VaeNormalization.Standardize).Scale,
            statistics.Scaling(_ => VaeNormalization.StandardizeShared).Scale);
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
    [InlineData(1_200)]
    [InlineData(600)]
    public void Any_spread_beyond_rounding_is_scaled_by(float seconds)
    {
        // Unix time, of which single precision tells steps of 128 s.
        const double Now = 1.7e9;
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 2_000).Select(_ => (float)(Now + seconds * random.NextDouble()))];

        var statistics = Of(values, 1);

        Assert.Empty(statistics.ConstantFeatures());
        var scaling = statistics.Scaling(_ => VaeNormalization.Standardize);
        var scaled = Array.ConvertAll(values, value => (value - scaling.Offset[0]) / scaling.Scale[0]);
        // The offset is one of the numbers of single precision, so that differences from it are exact: it lies up to 64 s from the mean.
        Assert.InRange(scaled.Average(), -64 / scaling.Scale[0], 64 / scaling.Scale[0]);
        var mean = scaled.Average();
        Assert.Equal(1, scaled.Average(value => Math.Pow(value - mean, 2)), 1e-3);
        Assert.Null(scaling.Limit);
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize, 5)]
    [InlineData(VaeNormalization.MinMax, 5)]
    [InlineData(VaeNormalization.Standardize, -1e-6f)]
    [InlineData(VaeNormalization.MinMax, 3e8f)]
    [InlineData(VaeNormalization.Standardize, 0)]
    public void The_unit_of_a_constant_feature_is_that_of_its_value(VaeNormalization normalization, float value)
    {
        var statistics = Of([value, 1, value, 2, value, 3], 2);
        Assert.Equal([0], statistics.ConstantFeatures());
        var scaling = statistics.Scaling(_ => normalization);
        Assert.Equal([true, false], scaling.IsConstant!);
        Assert.Equal(value, scaling.Offset[0]);
        Assert.Equal(float.PositiveInfinity, scaling.Limit![1]);

        // Rounding is a fraction of a unit, anything else many, and none so many that a square is not finite.
        Assert.InRange(Units(MathF.BitIncrement(value)), 0, 0.2);
        float[] others = [value * 1.001f + 1e-30f, value + Math.Max(1, Math.Abs(value) / 1_000), -2 * value - 1e-9f, 1e30f];
        Assert.All(others, other => Assert.InRange(Math.Abs(Units(other)), 50, scaling.Limit[0]));

        float Units(float other) => Math.Clamp((other - scaling.Offset[0]) / scaling.Scale[0], -scaling.Limit![0], scaling.Limit[0]);
    }

    [Fact]
    public void A_constant_feature_that_is_only_read_is_not_read()
    {
        var scaling = Of([5, 1, 5, 2, 5, 3], 2).Scaling(_ => VaeNormalization.Standardize, isReconstructed: _ => false);
        Assert.Equal(float.PositiveInfinity, scaling.Scale[0]);
        Assert.Null(scaling.IsConstant);
        Assert.Null(scaling.Limit);
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize)]
    [InlineData(VaeNormalization.MinMax)]
    public void Rounding_is_no_spread(VaeNormalization normalization)
    {
        var statistics = Of([1_000, 1, MathF.BitIncrement(1_000), 2, 1_000, 3], 2);
        Assert.Equal([0], statistics.ConstantFeatures());
        Assert.Equal([true, false], statistics.Scaling(_ => normalization).IsConstant!);
    }

    [Fact]
    public void The_rows_of_the_least_and_the_largest_value_are_known()
    {
        var statistics = new ColumnStatistics(9);
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 9 * 100).Select(_ => random.NextSingle())];
        foreach (var block in values.Chunk(9 * 30))
            statistics.Add(new FeatureBlock(block, block.Length / 9));

        for (var j = 0; j < 9; j++)
        {
            Assert.Equal(statistics.Minimum[j], values[9 * statistics.MinimumRow(j) + j]);
            Assert.Equal(statistics.Maximum[j], values[9 * statistics.MaximumRow(j) + j]);
        }
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
