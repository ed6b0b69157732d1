namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>How well a score ranks anomalies above normal rows.</summary>
internal static class RocCurve
{
    /// <summary>The share of pairs of an anomaly and a normal row that are in order; ties count half (Mann and Whitney 1947).</summary>
    /// <remarks>A score that is NaN is no evidence that a row is normal: it counts as infinite.</remarks>
    public static double Area(IReadOnlyList<float> scores, IReadOnlyList<bool> anomalous)
    {
        scores = [.. scores.Select(Known)];
        var order = Enumerable.Range(0, scores.Count).OrderBy(row => scores[row]).ToArray();
        double ranks = 0, anomalies = 0;
        for (var first = 0; first < order.Length;)
        {
            var next = first;
            while (next < order.Length && scores[order[next]] == scores[order[first]])
                next++;
            // Ranks first + 1 to next, shared.
            var tied = order[first..next].Count(row => anomalous[row]);
            ranks += tied * (first + 1 + next) / 2.0;
            anomalies += tied;
            first = next;
        }
        return (ranks - anomalies * (anomalies + 1) / 2) / (anomalies * (scores.Count - anomalies));
    }

    /// <summary>The score, or ∞ in place of NaN.</summary>
    internal static float Known(float score) => float.IsNaN(score) ? float.PositiveInfinity : score;
}
