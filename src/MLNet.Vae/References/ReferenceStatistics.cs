namespace MLNet.Vae.References;

/// <summary>What is usual in rows of training, whatever a few of them hold.</summary>
/// <param name="Spread">Of each feature, 1 where it is in a unit of its own.</param>
/// <param name="ResidualScale">Of |x − x̂|.</param>
/// <param name="ResidualLimit">Of |x − x̂|, in units of <paramref name="ResidualScale"/>; ∞ where it is always 0.</param>
internal sealed record ReferenceStatistics(float[] Spread, float[] ResidualScale, float[] ResidualLimit)
{
    // Of the residuals, the twentieth part that is largest is left out, and one in 200 is not usual.
    private const double Usual = 0.95, Limit = 0.995;

    // Of the values, the hundredth at either end is left out.
    private const double Tail = 0.01;

    private const double LeastSpread = 0.1, LeastResidual = 0.03;

    /// <param name="rows"><c>[n][D]</c>.</param>
    /// <param name="means">What the model makes of them.</param>
    /// <param name="isOwnUnit">Whether a feature is in a unit of its own, such as its standard deviation.</param>
    public static ReferenceStatistics Of(float[][] rows, float[][] means, Func<int, bool> isOwnUnit)
    {
        var features = rows[0].Length;
        var (spread, scale, limit) = (new float[features], new float[features], new float[features]);
        for (var j = 0; j < features; j++)
        {
            spread[j] = isOwnUnit(j) ? 1 : (float)Math.Max(LeastSpread, Deviation([.. rows.Select(row => row[j])]));
            double[] residuals = [.. rows.Select((row, i) => (double)Math.Abs(row[j] - means[i][j])).Order()];
            var usual = residuals[..(int)Math.Ceiling(Usual * residuals.Length)];
            var root = Math.Sqrt(usual.Average(value => value * value));
            scale[j] = (float)Math.Max(LeastResidual * spread[j], root);
            var last = residuals[(int)Math.Ceiling(Limit * residuals.Length) - 1];
            limit[j] = residuals[^1] == 0 ? float.PositiveInfinity : (float)(last / scale[j]);
        }
        return new(spread, scale, limit);
    }

    private static double Deviation(float[] values)
    {
        Array.Sort(values);
        var left = (int)(Tail * values.Length);
        var middle = values[left..(values.Length - left)];
        var mean = middle.Average(value => (double)value);
        return Math.Sqrt(middle.Average(value => (value - mean) * (value - mean)));
    }
}
