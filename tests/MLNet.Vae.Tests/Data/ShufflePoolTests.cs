using MLNet.Vae.Data;

namespace MLNet.Vae.Tests.Data;

public sealed class ShufflePoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Gives_every_row_once(int capacity)
    {
        float[] rows = [.. Enumerable.Range(0, 100)];

        Assert.Equal(rows, Shuffle(rows, capacity).Order());
    }

    [Fact]
    public void Moves_rows_about()
    {
        float[] rows = [.. Enumerable.Range(0, 1_000)];

        var shuffled = Shuffle(rows, capacity: 500);

        // Ranks of a random order of 1,000 rows correlate by less than 3 / √1,000, but for 3 in 1,000 seeds; a pool of half the rows leaves
        // some order.
        Assert.NotEqual(rows, shuffled);
        Assert.InRange(Correlation(rows, shuffled), -0.1, 0.8);
        Assert.InRange(Math.Abs(Correlation(rows, Shuffle(rows, capacity: 1_000))), 0, 0.1);
    }

    private static float[] Shuffle(float[] rows, int capacity)
    {
        var pool = new ShufflePool(featureCount: 1);
        // What an epoch before it left there is gone.
        pool.Begin(capacity + 1, new Random(2));
        pool.Exchange([-1], new float[1]);
        pool.Begin(capacity, new Random(1));
        var taken = new List<float>();
        var slot = new float[1];
        foreach (var row in rows)
        {
            if (pool.Exchange([row], slot))
                taken.Add(slot[0]);
        }
        while (pool.Take(slot))
            taken.Add(slot[0]);
        return [.. taken];
    }

    private static double Correlation(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        double Sum(Func<float, float, double> term) => a.Zip(b, term).Sum();
        return Sum((x, y) => (x - meanA) * (y - meanB))
            / Math.Sqrt(Sum((x, _) => (x - meanA) * (x - meanA)) * Sum((_, y) => (y - meanB) * (y - meanB)));
    }
}
