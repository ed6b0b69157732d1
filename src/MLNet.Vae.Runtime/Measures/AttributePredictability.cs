using MathNet.Numerics.Statistics;

namespace MLNet.Vae.Measures;

/// <summary>How well one dimension alone predicts a factor (Kumar, Sattigeri and Balakrishnan 2018, section 3).</summary>
internal static class AttributePredictability
{
    /// <returns>Of each dimension, <c>[dimensions]</c>: R² of a line, or the balanced accuracy of thresholds.</returns>
    public static double[] Of(CodeColumns codes, FactorColumn factor) =>
        [
            .. codes.Values.Select(column =>
                factor.IsCategorical ? ThresholdAccuracy.Of(column, factor.Bins) : SquaredCorrelation(column, factor.Values)
            ),
        ];

    /// <summary>cov(z, v)² / (var z · var v); 0 for a constant dimension.</summary>
    private static double SquaredCorrelation(double[] z, double[] v)
        => StandardisedColumn.IsConstant(z.Mean(), z.PopulationStandardDeviation()) ? 0 : Math.Pow(Correlation.Pearson(z, v), 2);
}
