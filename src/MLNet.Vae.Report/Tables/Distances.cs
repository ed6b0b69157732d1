namespace MLNet.Vae.Reporting;

/// <summary>How far two samples of one column are apart, from 0 to 1.</summary>
internal static class Distances
{
    /// <summary>½ Σ |p − q| over the categories; a missing value, NaN, is one of them.</summary>
    public static double TotalVariation(IReadOnlyDictionary<double, int> first, IReadOnlyDictionary<double, int> second)
    {
        double firstRows = first.Values.Sum(), secondRows = second.Values.Sum();
        return first.Keys.Union(second.Keys)
            .Sum(key => Math.Abs((first.GetValueOrDefault(key) / firstRows) - (second.GetValueOrDefault(key) / secondRows))) / 2;
    }

    /// <summary>
    /// The two-sample Kolmogorov–Smirnov distance, max |F − G| over the distribution functions of two sorted samples. 1 where one alone is
    /// empty.
    /// </summary>
    public static double KolmogorovSmirnov(double[] first, double[] second)
    {
        if (first.Length == 0 || second.Length == 0)
            return first.Length == second.Length ? 0 : 1;
        var distance = 0.0;
        int i = 0, j = 0;
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == value)
                i++;
            while (j < second.Length && second[j] == value)
                j++;
            distance = Math.Max(distance, Math.Abs((i / (double)first.Length) - (j / (double)second.Length)));
        }

        return distance;
    }
}
