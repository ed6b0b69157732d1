using MLNet.Vae.Latents;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

public sealed class WardClusteringTests
{
    private const int Length = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Merges_the_pair_whose_union_adds_least_to_the_squares(int clusters)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var points = Points(seed, count: 60);
            Assert.Equal(
                Partition(ByTrial(points, clusters)),
                Partition(WardClustering.Of([.. points.SelectMany(p => p)], Length, clusters))
            );
        }
    }

    [Fact]
    public void Points_that_are_alike_are_clustered_too()
    {
        var found = WardClustering.Of([1, 1, 1, 1, 2, 2, 1, 1], Length, clusters: 2);

        Assert.Equal(["0 1 3", "2"], Partition(found));
    }

    /// <summary>All pairs tried, all sums taken anew, each time.</summary>
    private static int[] ByTrial(float[][] points, int clusters)
    {
        var groups = points.Select((_, i) => new List<int> { i }).ToList();
        while (groups.Count > clusters)
        {
            var (a, b) = (from i in Enumerable.Range(0, groups.Count) from j in Enumerable.Range(0, i) select (i, j)).MinBy(pair =>
                Squares(points, [.. groups[pair.i], .. groups[pair.j]]) - Squares(points, groups[pair.i]) - Squares(points, groups[pair.j])
            );
            groups[b].AddRange(groups[a]);
            groups.RemoveAt(a);
        }
        return [.. points.Select((_, i) => groups.FindIndex(group => group.Contains(i)))];
    }

    private static double Squares(float[][] points, List<int> group) => Enumerable.Range(0, Length).Sum(j =>
    {
        var mean = group.Average(i => (double)points[i][j]);
        return group.Sum(i => Math.Pow(points[i][j] - mean, 2));
    });

    private static List<string> Partition(int[] clusters) =>
        [
            .. clusters
                .Select((cluster, point) => (cluster, point))
                .GroupBy(p => p.cluster)
                .Select(group => string.Join(' ', group.Select(p => p.point)))
                .Order(),
        ];

    private static float[][] Points(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new[] { (float)(i % 3 + Trainer.Normal(random)), (float)Trainer.Normal(random) }),
        ];
    }
}
