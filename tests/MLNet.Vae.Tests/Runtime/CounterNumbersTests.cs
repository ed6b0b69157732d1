using MLNet.Vae.Noise;

namespace MLNet.Vae.Tests.Runtime;

public class CounterNumbersTests
{
    private const int Count = 200_000;

    [Fact]
    public void Has_the_moments_of_a_standard_normal()
    {
        var values = Fill(new CounterNumbers(1), new(0, 0), width: 5, samples: Count / 5);
        Assert.InRange(values.Average(), -0.01, 0.01);
        Assert.InRange(values.Average(v => v * v), 0.985, 1.015);
        Assert.InRange(values.Average(v => v * v * v), -0.03, 0.03);
        Assert.InRange(values.Average(v => v * v * v * v), 2.9, 3.1);
        Assert.Equal(values.Distinct().Count(), values.Length, Count * 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sample_is_the_same_wherever_a_chunk_begins(int width)
    {
        var normals = new CounterNumbers(7);
        var row = new RowId(12, 34);
        var whole = Fill(normals, row, width, samples: 10);
        var part = new float[4 * width];
        normals.Fill(part, width, row, first: 3);
        Assert.Equal(whole[(3 * width)..(7 * width)], part);
    }

    [Fact]
    public void Rows_seeds_and_dimensions_are_uncorrelated()
    {
        var rows = Fill(new CounterNumbers(1), new(0, 0), 2, Count / 2);
        AssertUncorrelated(rows, Fill(new CounterNumbers(1), new(1, 0), 2, Count / 2));
        AssertUncorrelated(rows, Fill(new CounterNumbers(1), new(0, 1), 2, Count / 2));
        AssertUncorrelated(rows, Fill(new CounterNumbers(2), new(0, 0), 2, Count / 2));
        AssertUncorrelated(rows, [.. rows.Skip(1), rows[0]]);
    }

    private static void AssertUncorrelated(float[] a, float[] b)
        => Assert.InRange(a.Zip(b, (x, y) => (double)x * y).Average(), -0.015, 0.015);

    private static float[] Fill(CounterNumbers normals, RowId row, int width, int samples)
    {
        var values = new float[width * samples];
        normals.Fill(values, width, row, first: 0);
        return values;
    }
}
