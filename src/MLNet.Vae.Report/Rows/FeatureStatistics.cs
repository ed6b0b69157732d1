namespace MLNet.Vae.Reporting;

/// <summary>
/// Of each feature over the rows read; in the units of the features, except <see cref="Contribution"/>, in those of the score.
/// </summary>
internal sealed class FeatureStatistics(int width)
{
    private readonly double[] _squares = new double[width];
    private readonly double[] _errors = new double[width];
    private readonly double[] _contributions = new double[width];
    private readonly int[] _errorCounts = new int[width];
    private readonly int[] _contributionCounts = new int[width];
    private int _count;
    private bool _isScored;

    public double[] Mean { get; } = new double[width];

    public float[] Minimum { get; } = [.. Enumerable.Repeat(float.PositiveInfinity, width)];

    public float[] Maximum { get; } = [.. Enumerable.Repeat(float.NegativeInfinity, width)];

    /// <summary>Of the population.</summary>
    public double[] StandardDeviation => [.. _squares.Select(sum => Math.Sqrt(sum / Math.Max(1, _count)))];

    /// <summary>
    /// The root of the mean squared difference between a feature and its reconstruction, over the rows where that is finite.
    /// </summary>
    public double[]? ReconstructionError => _isScored ? [.. Means(_errors, _errorCounts).Select(Math.Sqrt)] : null;

    /// <summary>Its mean share in the score, over the rows where that is finite: one that is not would own it.</summary>
    public double[]? Contribution => _isScored ? [.. Means(_contributions, _contributionCounts)] : null;

    /// <summary>Mean and variance by Welford's update.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        _count++;
        for (var i = 0; i < row.Length; i++)
        {
            var value = row[i];
            var before = value - Mean[i];
            Mean[i] += before / _count;
            _squares[i] += before * (value - Mean[i]);
            Minimum[i] = Math.Min(Minimum[i], value);
            Maximum[i] = Math.Max(Maximum[i], value);
        }
    }

    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> reconstruction, ReadOnlySpan<float> contributions)
    {
        _isScored = true;
        for (var i = 0; i < row.Length; i++)
        {
            var error = (double)row[i] - reconstruction[i];
            AddFinite(error * error, ref _errors[i], ref _errorCounts[i]);
            AddFinite(contributions[i], ref _contributions[i], ref _contributionCounts[i]);
        }
    }

    private static IEnumerable<double> Means(double[] sums, int[] counts) => sums.Select((sum, i) => sum / Math.Max(1, counts[i]));

    private static void AddFinite(double value, ref double sum, ref int count)
    {
        if (!double.IsFinite(value))
            return;
        sum += value;
        count++;
    }
}
