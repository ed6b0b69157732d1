namespace MLNet.Vae.Measures;

/// <summary>
/// The normal distribution with the mean and the covariance of some codes: mean + Lε, L the Cholesky factor of the covariance.
/// </summary>
internal sealed class FittedNormal
{
    // A pivot below this share of its variance is rounding: the dimension is a combination of those before it.
    private const double Rounding = 1e-10;

    private readonly double[] _mean;
    private readonly double[][] _factor;

    private FittedNormal(double[] mean, double[][] factor) => (_mean, _factor) = (mean, factor);

    public static FittedNormal To(float[][] codes)
    {
        var dimensions = Enumerable.Range(0, codes[0].Length).ToArray();
        var mean = Array.ConvertAll(dimensions, i => codes.Average(code => (double)code[i]));
        double Covariance(int i, int j) => codes.Average(code => (code[i] - mean[i]) * (code[j] - mean[j]));
        var factor = Array.ConvertAll(dimensions, _ => new double[dimensions.Length]);
        foreach (var i in dimensions)
        {
            for (var j = 0; j <= i; j++)
            {
                var covariance = Covariance(i, j);
                var rest = covariance;
                for (var k = 0; k < j; k++)
                    rest -= factor[i][k] * factor[j][k];
                if (i == j)
                    factor[i][i] = rest > Rounding * covariance ? Math.Sqrt(rest) : 0;
                else if (factor[j][j] > 0)
                    factor[i][j] = rest / factor[j][j];
            }
        }
        return new(mean, factor);
    }

    /// <param name="noise">Standard normal numbers, <c>[L]</c>.</param>
    public float[] Code(float[] noise)
        => [.. _mean.Select((mean, i) => (float)(mean + _factor[i].Zip(noise, (weight, value) => weight * value).Sum()))];
}
