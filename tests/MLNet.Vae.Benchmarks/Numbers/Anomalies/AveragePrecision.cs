namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds, from the greatest score down; rows of equal score pass a threshold together.</summary>
internal static class AveragePrecision
{
    public static double Of(IReadOnlyList<float> scores, IReadOnlyList<bool> anomalous)
    {
        var anomalies = anomalous.Count(isAnomaly => isAnomaly);
        double sum = 0;
        int seen = 0, found = 0;
        var byScore = Enumerable.Range(0, scores.Count).GroupBy(row => RocCurve.Known(scores[row]));
        foreach (var tied in byScore.OrderByDescending(group => group.Key))
        {
            var more = tied.Count(row => anomalous[row]);
            seen += tied.Count();
            found += more;
            sum += (double)more / anomalies * found / seen;
        }
        return sum;
    }
}
