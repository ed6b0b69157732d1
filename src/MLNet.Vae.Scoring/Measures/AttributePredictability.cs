namespace MLNet.Vae.Measures;

/// <summary>How well one dimension alone predicts a factor (Kumar, Sattigeri and Balakrishnan 2018, section 3).</summary>
internal static class AttributePredictability
{
    /// <returns>Of each dimension, <c>[dimensions]</c>: R² of a line, or the balanced accuracy of thresholds.</returns>
    public static double[] Of(CodeColumns codes, FactorColumn factor)
        => [.. codes.Values.Select(column => factor.IsCategorical ? ThresholdAccuracy.Of(column, factor.Bins) : SquaredCorrelation(column, factor.Values))];

    /// <summary>cov(z, v)² / (var z · var v); 0 for a constant dimension.</summary>
    private static double SquaredCorrelation(double[] z, double[] v)
    {
        var (meanZ, meanV) = (z.Average(), v.Average());
        var (zz, vv, zv) = (0.0, 0.0, 0.0);
        for (var row = 0; row < z.Length; row++)
        {
            var (dz, dv) = (z[row] - meanZ, v[row] - meanV);
            zz += dz * dz;
            vv += dv * dv;
            zv += dz * dv;
        }
        return StandardisedColumn.IsConstant(meanZ, Math.Sqrt(zz / z.Length)) ? 0 : zv * zv / (zz * vv);
    }
}
