using System.Numerics;

namespace MLNet.Vae.Tests.Latents;

/// <summary>How well clusters found without labels are the classes.</summary>
internal static class ClusterMatch
{
    /// <summary>
    /// The share of rows whose cluster is matched with their class, at the best matching: every class has one cluster at most, every
    /// cluster one class.
    /// </summary>
    /// <param name="clusters">Of each row, from 0.</param>
    /// <param name="classes">Of each row, from 0; 20 different ones at most.</param>
    public static double Accuracy(IReadOnlyList<int> clusters, IReadOnlyList<int> classes)
    {
        var counts = new int[clusters.Max() + 1, classes.Max() + 1];
        for (var row = 0; row < clusters.Count; row++)
            counts[clusters[row], classes[row]]++;
        // The most rows that the clusters so far can have right with each set of classes (Held and Karp 1962).
        var best = new int[1 << counts.GetLength(1)];
        for (var cluster = 0; cluster < counts.GetLength(0); cluster++)
        {
            // From large sets to small, so that each still has the count without this cluster.
            for (var set = best.Length - 1; set > 0; set--)
            {
                for (var rest = set; rest != 0; rest &= rest - 1)
                {
                    var label = BitOperations.TrailingZeroCount(rest);
                    best[set] = Math.Max(best[set], best[set & ~(1 << label)] + counts[cluster, label]);
                }
            }
        }
        return (double)best[^1] / clusters.Count;
    }
}
