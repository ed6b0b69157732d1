namespace MLNet.Vae.Series;

/// <summary>How many independent values those of a series are worth.</summary>
internal static class EffectiveSize
{
    // Beyond, a series is slow enough to say so.
    private const int MostLags = 4_096;

    /// <summary>
    /// n / (1 + 2 Σ ρₖ), the sum up to the first lag at which the autocorrelation ρ is negative (Geyer 1992, of initial sequences), at most
    /// half of n; at most n.
    /// </summary>
    /// <param name="stretches">Values that follow each other, from one gap to the next.</param>
    public static double Of(IReadOnlyList<double[]> stretches)
    {
        var count = stretches.Sum(stretch => (long)stretch.Length);
        if (count == 0)
            return 0;
        var mean = stretches.Sum(stretch => stretch.Sum()) / count;
        var centred = stretches.Select(stretch => Array.ConvertAll(stretch, value => value - mean)).ToArray();
        var variance = centred.Sum(stretch => Product(stretch, 0));
        if (variance <= 0)
            return count;
        var worth = 1d;
        for (var lag = 1; lag < Math.Min(count / 2, MostLags); lag++)
        {
            var correlation = centred.Sum(stretch => Product(stretch, lag)) / variance;
            if (correlation < 0)
                break;
            worth += 2 * correlation;
        }
        return count / worth;
    }

    private static double Product(double[] values, int lag)
    {
        var sum = 0d;
        for (var i = lag; i < values.Length; i++)
            sum += values[i] * values[i - lag];
        return sum;
    }
}
