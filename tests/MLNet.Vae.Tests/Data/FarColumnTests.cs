using MLNet.Vae.Data;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Data;

/// <summary>Columns of which a few rows have the spread.</summary>
public class FarColumnTests
{
    private const int Rows = 2_000;

    [Theory]
    [InlineData(1_000)]
    [InlineData(-1e6f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    public void One_value_does_not_set_the_unit_of_all_others(float wrong)
    {
        var values = Normals();
        values[777] = wrong;

        var column = Assert.Single(Find(values));

        Assert.Equal(new FarColumn.Far(777, wrong), Assert.Single(column.Values));
        Assert.Equal(FarColumnKind.Spread, column.Kind);
        Assert.Equal(3, column.Offset, 0.2);
        Assert.Equal(2, column.Scale, 0.2);
        var scaling = Statistics(values).Scaling(_ => VaeNormalization.Standardize, far: [column]);
        Assert.Equal(((float)column.Offset, (float)column.Scale), (scaling.Offset[0], scaling.Scale[0]));
        Assert.Equal(FarColumn.FarSpreads, scaling.Limit![0]);
    }

    [Fact]
    public void One_row_in_a_hundred_is_few_and_ten_are_not()
    {
        Assert.Equal(FarColumnKind.Spread, Assert.Single(Find(Far(every: 100))).Kind);
        Assert.Equal(Rows / 100, Assert.Single(Find(Far(every: 100))).Values.Count);
        Assert.Empty(Find(Far(every: 10)));

        static float[] Far(int every) => [.. Normals().Select((value, i) => i % every == 0 ? 1e5f : value)];
    }

    [Fact]
    public void A_far_value_that_has_less_than_half_of_the_variance_is_left_alone()
    {
        var values = Normals();
        values[5] = 60;
        Assert.Empty(Find(values));
        values[5] = 150;
        Assert.Equal([5], Assert.Single(Find(values)).Values.Select(far => far.Row));
    }

    /// <summary>What is skewed, rare or two-valued by its nature is no error.</summary>
    [Fact]
    public void Ordinary_columns_are_left_alone()
    {
        var random = new Random(3);
        float[][] columns =
        [
            Normals(),
            [.. Enumerable.Range(0, Rows).Select(_ => (float)Math.Exp(Trainer.Normal(random)))],
            [.. Enumerable.Range(0, Rows).Select(_ => -MathF.Log(1 - random.NextSingle()))],
            [.. Enumerable.Range(0, Rows).Select(i => i == 9 ? 1f : 0)],
            [.. Enumerable.Range(0, Rows).Select(i => i % 30 == 9 ? 1f : 0)],
            [.. Enumerable.Range(0, Rows).Select(i => i % 12 == 0 ? 2_000 * random.NextSingle() : 0)],
            [.. Enumerable.Range(0, Rows).Select(i => i % 80 == 0 ? random.Next(1, 17) : 0)],
            [.. Enumerable.Range(0, Rows).Select(i => i % 160 == 0 ? random.Next(1, 17) : 0)],
            [.. Enumerable.Range(0, Rows).Select(_ => (float)Math.Exp(1.3 * Trainer.Normal(random)))],
        ];
        Assert.All(columns, column => Assert.Empty(Find(column)));
    }

    [Fact]
    public void Beyond_the_sample_the_extreme_rows_are_known_still()
    {
        var values = Normals();
        (values[3], values[1_999]) = (1e20f, -1e20f);
        var sample = new RowSample(width: 1, capacity: 100, seed: 1);
        sample.Add(new(values, Rows));
        var column = Assert.Single(FarColumns.Of(Statistics(values), sample.Rows, [VaeNormalization.Standardize]));
        Assert.Equal([3, 1_999], column.Values.Select(far => far.Row));
        Assert.Equal(2, column.Scale, 0.6);
    }

    [Fact]
    public void Of_few_rows_or_a_column_as_it_is_nothing_is_said()
    {
        var values = Normals();
        values[7] = 1e10f;
        Assert.Empty(Find(values, VaeNormalization.None));
        Assert.Empty(Find(values[..15]));
        Assert.Single(Find(values[..40]));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    public void By_range_a_column_has_that_of_the_other_values(float wrong)
    {
        var clean = Normals();
        var values = Normals();
        (values[0], values[777], values[1_500]) = (wrong, wrong, wrong / 2);

        var column = Assert.Single(Find(values, VaeNormalization.MinMax));

        Assert.Equal(FarColumnKind.Range, column.Kind);
        Assert.Equal([0, 777, 1_500], column.Values.Select(far => far.Row));
        var others = clean.Where((_, row) => row is not (0 or 777 or 1_500)).ToArray();
        Assert.Equal((others.Min(), others.Max() - (double)others.Min()), (column.Offset, column.Scale));
        var scaling = Statistics(values).Scaling(_ => VaeNormalization.MinMax, far: [column]);
        Assert.Equal(((float)column.Offset, (float)column.Scale), (scaling.Offset[0], scaling.Scale[0]));
        // 20 deviations of 2 from the mean of 3, which none of the others is.
        var limit = (3 + 20 * 2 - others.Min()) / column.Scale;
        Assert.Equal(limit, scaling.Limit![0], 0.2 * limit);
        Assert.True(scaling.Limit[0] > 1);
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize)]
    [InlineData(VaeNormalization.MinMax)]
    public void A_column_that_is_constant_but_for_far_values_is_scaled_as_a_constant_one(VaeNormalization normalization)
    {
        foreach (var (one, far) in new[] { (5f, 1e30f), (-5, 60_000), (0, -1e30f), (1e-20f, 1), (3e8f, float.MinValue) })
        {
            var values = new float[Rows];
            Array.Fill(values, one);
            var constant = Statistics(values).Scaling(_ => normalization);
            (values[3], values[1_999]) = (far, far / 2);

            var column = Assert.Single(Find(values, normalization));

            Assert.Equal(FarColumnKind.Constant, column.Kind);
            Assert.Equal([new(3, far), new(1_999, far / 2)], column.Values);
            var scaling = Statistics(values).Scaling(_ => normalization, far: [column]);
            Assert.Equal((constant.Offset[0], constant.Scale[0]), (scaling.Offset[0], scaling.Scale[0]));
            Assert.Equal((constant.Limit![0], true), (scaling.Limit![0], scaling.IsConstant![0]));
            var read = Statistics(values).Scaling(_ => normalization, isReconstructed: _ => false, far: [column]);
            Assert.Equal((float.PositiveInfinity, (float[]?)null, (bool[]?)null), (read.Scale[0], read.Limit, read.IsConstant));
        }
    }

    /// <summary>Beyond the sample, which is constant.</summary>
    [Fact]
    public void Far_values_of_a_constant_column_that_are_the_extreme_ones_are_known()
    {
        var values = new float[Rows];
        Array.Fill(values, 5);
        values[777] = 1e30f;
        (long, float[])[] sample = [.. Enumerable.Range(0, 100).Select(i => ((long)i, (float[])[5]))];
        var column = Assert.Single(FarColumns.Of(Statistics(values), sample, [VaeNormalization.Standardize]));
        Assert.Equal((FarColumnKind.Constant, new FarColumn.Far(777, 1e30f)), (column.Kind, Assert.Single(column.Values)));
    }

    [Theory]
    [InlineData(VaeNormalization.Standardize)]
    [InlineData(VaeNormalization.MinMax)]
    public void A_rare_value_beside_a_far_one_has_the_spread_of_its_own(VaeNormalization normalization)
    {
        var values = new float[Rows];
        Array.Fill(values, 5);
        (values[1], values[2], values[3], values[4]) = (7, 1e30f, 1e30f, 1e30f);
        var column = Assert.Single(Find(values, normalization));
        Assert.NotEqual(FarColumnKind.Constant, column.Kind);
        Assert.Equal([2, 3, 4], column.Values.Select(far => far.Row));
        Assert.Equal(2, column.Scale, 0.01);
    }

    [Fact]
    public void A_constant_column_with_ordinary_exceptions_is_left_alone()
    {
        foreach (var (one, other) in new[] { (5f, 7f), (5, 4_000), (0, 1e18f), (-1, 0), (1, 900) })
        {
            var values = new float[Rows];
            Array.Fill(values, one);
            (values[3], values[1_999]) = (other, other);
            Assert.Empty(Find(values));
            Assert.Empty(Find(values, VaeNormalization.MinMax));
        }
    }

    /// <summary>Of mean 3 and deviation 2.</summary>
    private static float[] Normals()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(_ => (float)(3 + 2 * Trainer.Normal(random)))];
    }

    private static IReadOnlyList<FarColumn> Find(float[] values, VaeNormalization normalization = VaeNormalization.Standardize) =>
        FarColumns.Of(Statistics(values), [.. values.Select((value, i) => ((long)i, (float[])[value]))], [normalization]);

    private static ColumnStatistics Statistics(float[] values)
    {
        var statistics = new ColumnStatistics(1);
        statistics.Add(new(values, values.Length));
        return statistics;
    }
}
