using MathNet.Numerics.Distributions;

namespace MLNet.Vae.Tables;

/// <summary>
/// How far the distribution of a sample is from one of a family with its moments: the greatest difference of their distribution functions
/// (Kolmogorov 1933).
/// </summary>
internal static class KolmogorovFit
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="isInteger">Whether values stand for what rounds to them.</param>
    public static double Gaussian(double[] sorted, bool isInteger)
    {
        var (mean, deviation) = Moments(sorted, value => value);
        var half = isInteger ? 0.5 : 0;
        return Distance(sorted, value => Normal.CDF(mean, deviation, value + half), isInteger);
    }

    public static double LogNormal(double[] sorted, bool isInteger)
    {
        var (mean, deviation) = Moments(sorted, Math.Log);
        var half = isInteger ? 0.5 : 0;
        return Distance(sorted, value => Normal.CDF(mean, deviation, Math.Log(value + half)), isInteger);
    }

    public static double Poisson(double[] sorted)
    {
        var mean = sorted.Average();
        return Distance(sorted, value => MathNet.Numerics.Distributions.Poisson.CDF(mean, value), isDiscrete: true);
    }

    /// <summary>1, where the variance is not above the mean.</summary>
    public static double NegativeBinomial(double[] sorted)
    {
        var (mean, deviation) = Moments(sorted, value => value);
        var excess = (deviation * deviation) - mean;
        if (!(excess > 0))
            return 1;
        var (size, success) = (mean * mean / excess, mean / (mean + excess));
        return Distance(sorted, value => MathNet.Numerics.Distributions.NegativeBinomial.CDF(size, success, value), isDiscrete: true);
    }

    private static (double Mean, double Deviation) Moments(double[] sorted, Func<double, double> of)
    {
        var mean = sorted.Average(of);
        return (mean, Math.Sqrt(sorted.Average(value => (of(value) - mean) * (of(value) - mean))));
    }

    private static double Distance(double[] sorted, Func<double, double> distribution, bool isDiscrete)
    {
        var most = 0.0;
        for (int start = 0, end = 0; start < sorted.Length; start = end)
        {
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            var expected = distribution(sorted[start]);
            most = Math.Max(most, Math.Abs(expected - (end / (double)sorted.Length)));
            // A continuous one must also be near before the step.
            if (!isDiscrete)
                most = Math.Max(most, Math.Abs(expected - (start / (double)sorted.Length)));
        }
        return most;
    }
}
