namespace MLNet.Vae.Measures;

/// <summary>Columns with mean 0 and standard deviation 1 over some rows; a constant one is 0 throughout.</summary>
internal static class StandardisedColumn
{
    // Below this share of its mean a column of single-precision numbers varies by rounding alone.
    private const double Rounding = 1e-6;

    public static bool IsConstant(double mean, double deviation) => deviation <= Rounding * Math.Abs(mean) || deviation == 0;

    /// <param name="column">Values of all rows.</param>
    /// <param name="rows">Those that mean and standard deviation are of.</param>
    /// <returns>All rows, <c>[rows]</c>.</returns>
    public static double[] Of(double[] column, ReadOnlySpan<int> rows)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var row in rows)
            sum += column[row];
        var mean = sum / rows.Length;
        foreach (var row in rows)
            squares += (column[row] - mean) * (column[row] - mean);
        var deviation = Math.Sqrt(squares / rows.Length);
        return IsConstant(mean, deviation) ? new double[column.Length] : Array.ConvertAll(column, value => (value - mean) / deviation);
    }
}
