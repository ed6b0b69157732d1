namespace MLNet.Vae.Tables;

/// <summary>Bins of a sample: each value where there are few, else frequent values by themselves and quantiles of the others.</summary>
internal static class HistogramBuilder
{
    /// <param name="sorted">Ascending, one at least.</param>
    /// <param name="bins">Most of them, about.</param>
    public static VaeHistogram Of(double[] sorted, int bins)
    {
        var (lower, upper, mean, share) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var full = Distinct(sorted) <= bins ? 1 : Math.Max(1, sorted.Length / bins);
        for (int start = 0, end = 0; start < sorted.Length; start = end)
        {
            // Equal values stay together, and one that fills a bin has it for itself.
            while (end < sorted.Length)
            {
                var next = Next(sorted, end);
                if (end > start && (next - end >= full || end - start >= full))
                    break;
                end = next;
                if (end - start >= full)
                    break;
            }
            lower.Add(sorted[start]);
            upper.Add(sorted[end - 1]);
            mean.Add(lower[^1] == upper[^1] ? lower[^1] : sorted.AsSpan(start, end - start).ToArray().Average());
            share.Add((end - start) / (double)sorted.Length);
        }
        return new() { Lower = lower, Upper = upper, Mean = mean, Share = share };
    }

    public static int Distinct(double[] sorted)
    {
        var count = 0;
        for (var i = 0; i < sorted.Length; i = Next(sorted, i))
            count++;
        return count;
    }

    /// <summary>Share of the most frequent value.</summary>
    public static (double Value, double Share) Mode(double[] sorted)
    {
        var (value, most) = (sorted[0], 0);
        for (int i = 0, next = 0; i < sorted.Length; i = next)
        {
            next = Next(sorted, i);
            if (next - i > most)
                (value, most) = (sorted[i], next - i);
        }
        return (value, most / (double)sorted.Length);
    }

    private static int Next(double[] sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start])
            end++;
        return end;
    }
}
