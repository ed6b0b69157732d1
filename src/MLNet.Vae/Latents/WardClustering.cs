using MLNet.Vae.Modules;

namespace MLNet.Vae.Latents;

/// <summary>
/// Ward's hierarchical clustering: of all pairs of clusters, the one whose union adds least to the sum of squares within clusters is merged
/// next (Ward 1963). Unlike k-means it depends on no start. Found along chains of nearest neighbours (Murtagh 1983), in time and memory
/// that grow with the square of the number of points.
/// </summary>
internal static class WardClustering
{
    /// <param name="points">Row-major, <c>[points, length]</c>.</param>
    /// <param name="length">Of a point.</param>
    /// <param name="clusters">How many to stop at, from 1 to the number of points.</param>
    /// <returns>The cluster of each point, from 0.</returns>
    public static int[] Of(float[] points, int length, int clusters)
    {
        var count = points.Length / length;
        var merges = Merges(Distances(points, length, count), count);
        // A chain finds merges out of order; cheaper ones come first, and a merge never costs less than those it builds on.
        var parent = Enumerable.Range(0, count).ToArray();
        foreach (var (into, from, _) in merges.OrderBy(merge => merge.Cost).Take(count - clusters))
            parent[Root(from)] = Root(into);
        var roots = Enumerable.Range(0, count).Select(Root).ToArray();
        var numbers = roots.Distinct().Select((root, number) => (root, number)).ToDictionary(r => r.root, r => r.number);
        return Array.ConvertAll(roots, root => numbers[root]);

        int Root(int point)
        {
            while (parent[point] != point)
                point = parent[point] = parent[parent[point]];
            return point;
        }
    }

    private static List<(int Into, int From, double Cost)> Merges(float[] distances, int count)
    {
        var size = Enumerable.Repeat(1.0, count).ToArray();
        var left = Enumerable.Range(0, count).ToList();
        var chain = new Stack<int>();
        var merges = new List<(int, int, double)>();
        while (left.Count > 1)
        {
            if (chain.Count == 0)
                chain.Push(left[0]);
            var last = chain.Pop();
            // Of neighbours as near, the one before: otherwise a chain could go round in circles.
            var nearest = chain.TryPeek(out var before) ? before : left.First(cluster => cluster != last);
            foreach (var cluster in left)
            {
                if (cluster != last && distances[last * count + cluster] < distances[last * count + nearest])
                    nearest = cluster;
            }
            if (chain.Count == 0 || nearest != before)
            {
                chain.Push(last);
                chain.Push(nearest);
                continue;
            }
            chain.Pop();
            merges.Add((nearest, last, distances[last * count + nearest]));
            left.Remove(last);
            Merge(distances, count, size, left, nearest, last);
        }
        return merges;
    }

    /// <summary>The distances from the union of two clusters to the others (Lance and Williams 1967).</summary>
    private static void Merge(float[] distances, int count, double[] size, List<int> left, int into, int from)
    {
        double between = distances[into * count + from];
        foreach (var other in left)
        {
            if (other == into)
                continue;
            var sum =
                (size[into] + size[other]) * distances[into * count + other]
                + (size[from] + size[other]) * distances[from * count + other]
                - size[other] * between;
            distances[into * count + other] = distances[other * count + into] = (float)(sum / (size[into] + size[from] + size[other]));
        }
        size[into] += size[from];
    }

    /// <summary>Squared Euclidean distances, <c>[points, points]</c>.</summary>
    private static float[] Distances(float[] points, int length, int count)
    {
        var distances = new float[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var sum = 0f;
                for (var k = 0; k < length; k++)
                {
                    var difference = points[i * length + k] - points[j * length + k];
                    sum += difference * difference;
                }
                distances[i * count + j] = distances[j * count + i] = sum;
            }
        }
        return distances;
    }
}
