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
        Assert.True(column.IsTrimmed);
        Assert.Equal(3, column.Centre, 0.2);
        Assert.Equal(2, column.Spread, 0.2);
        var scaling = Statistics(values).Scaling(_ => VaeNormalization.Standardize, far: [column]);
        Assert.Equal(((float)column.Centre, (float)column.Spread), (scaling.Offset[0], scaling.Scale[0]));
        Assert.Equal(FarColumn.Limit, scaling.Limit![0]);
    }

    [Fact]
    public void One_row_in_a_hundred_is_few_and_ten_are_not()
    {
        Assert.True(Assert.Single(Find(Far(every: 100))).IsTrimmed);
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
        var column = Assert.Single(FarColumn.Of(Statistics(values), sample.Rows, [VaeNormalization.Standardize]));
        Assert.Equal([3, 1_999], column.Values.Select(far => far.Row));
        Assert.Equal(2, column.Spread, 0.6);
    }

    [Fact]
    public void Of_few_rows_or_a_column_as_it_is_nothing_is_said()
    {
        var values = Normals();
        values[7] = 1e10f;
        Assert.Empty(Find(values, VaeNormalization.None));
        Assert.Empty(Find(values[..15]));
        Assert.False(Assert.Single(Find(values, VaeNormalization.MinMax)).IsTrimmed);
        Assert.True(Assert.Single(Find(values[..40])).IsTrimmed);
    }

    /// <summary>Of mean 3 and deviation 2.</summary>
    private static float[] Normals()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(_ => (float)(3 + 2 * Trainer.Normal(random)))];
    }

    private static IReadOnlyList<FarColumn> Find(float[] values, VaeNormalization normalization = VaeNormalization.Standardize) =>
        FarColumn.Of(Statistics(values), [.. values.Select((value, i) => ((long)i, (float[])[value]))], [normalization]);

    private static ColumnStatistics Statistics(float[] values)
    {
        var statistics = new ColumnStatistics(1);
        statistics.Add(new(values, values.Length));
        return statistics;
    }
}
