namespace MLNet.Vae.Reporting;

/// <summary>
/// Of each feature over the rows read; in the units of the features, except <see cref="Contribution"/>, in those of the score.
/// </summary>
internal sealed class FeatureStatistics(int width)
{
    private readonly double[] _squares = new double[width];
    private readonly double[] _errors = new double[width];
    private readonly double[] _contributions = new double[width];
    private int _count;
    private int _scored;

    public double[] Mean { get; } = new double[width];

    public float[] Minimum { get; } = [.. Enumerable.Repeat(float.PositiveInfinity, width)];

    public float[] Maximum { get; } = [.. Enumerable.Repeat(float.NegativeInfinity, width)];

    /// <summary>Of the population.</summary>
    public double[] StandardDeviation => [.. _squares.Select(sum => Math.Sqrt(sum / Math.Max(1, _count)))];

    /// <summary>The root of the mean squared difference between a feature and its reconstruction.</summary>
    public double[]? ReconstructionError => _scored == 0 ? null : [.. _errors.Select(sum => Math.Sqrt(sum / _scored))];

    /// <summary>Its mean share in the score.</summary>
    public double[]? Contribution => _scored == 0 ? null : [.. _contributions.Select(sum => sum / _scored)];

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
        _scored++;
        for (var i = 0; i < row.Length; i++)
        {
            var error = (double)row[i] - reconstruction[i];
            _errors[i] += error * error;
            _contributions[i] += contributions[i];
        }
    }
}
