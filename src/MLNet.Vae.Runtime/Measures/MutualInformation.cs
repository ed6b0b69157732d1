namespace MLNet.Vae.Measures;

/// <summary>
/// I(z; v) = Σ p(z, v) ln [p(z, v) / (p(z) p(v))] of binned dimensions and factors, nats (Chen et al. 2018, equation 6 without its
/// entropy).
/// </summary>
internal static class MutualInformation
{
    /// <returns>Of each dimension with the factor, <c>[dimensions]</c>.</returns>
    public static double[] Of(CodeColumns codes, FactorColumn factor, int bins)
        => [.. codes.Values.Select(column => Of(Binning.ByRank(column, bins), factor.Bins))];

    public static double Of(Binning z, Binning v)
    {
        double rows = z.Of.Length;
        var (joint, ofZ, ofV) = (new double[z.Count, v.Count], new double[z.Count], new double[v.Count]);
        for (var row = 0; row < z.Of.Length; row++)
        {
            joint[z.Of[row], v.Of[row]]++;
            ofZ[z.Of[row]]++;
            ofV[v.Of[row]]++;
        }
        var sum = 0.0;
        for (var i = 0; i < z.Count; i++)
        {
            for (var j = 0; j < v.Count; j++)
            {
                if (joint[i, j] > 0)
                    sum += joint[i, j] / rows * Math.Log(joint[i, j] * rows / (ofZ[i] * ofV[j]));
            }
        }
        return Math.Max(0, sum);
    }
}
