using MathNet.Numerics.Statistics;

namespace MLNet.Vae.Reporting;

/// <summary>Quantiles of a sorted sample, linear between its values (definition 7 of Hyndman and Fan 1996).</summary>
internal static class Quantiles
{
    /// <summary>NaN of an empty sample.</summary>
    public static double At(double[] sorted, double probability) =>
        sorted.Length == 0 ? double.NaN : SortedArrayStatistics.QuantileCustom(sorted, probability, QuantileDefinition.R7);

    /// <summary>At <see cref="VaeTableQuality.Probabilities"/>.</summary>
    public static double[] Of(double[] sorted) => [.. VaeTableQuality.Probabilities.Select(probability => At(sorted, probability))];
}
