namespace MLNet.Vae.Series;

/// <summary>Mean and deviation of what is read in a pass.</summary>
internal sealed class LevelStatistics
{
    // Of a value that never changes: what is told from rounding.
    private const double LeastDeviation = 1e-6;

    private long _count;
    private double _mean, _squares;

    public void Add(double value)
    {
        _count++;
        var change = value - _mean;
        _mean += change / _count;
        _squares += change * (value - _mean);
    }

    /// <summary>
    /// Of another value: the mean is off by what as many independent ones leave, and where they are few so is the deviation, which
    /// Student's t with one degree of freedom less than these allows for.
    /// </summary>
    /// <param name="independent">Values that those added are worth.</param>
    public VaeSeriesLevel Level(double independent)
    {
        var worth = Math.Max(1, independent);
        var deviation = _count == 0 ? 0 : Math.Sqrt(_squares / _count * (1 + 1 / worth));
        return new()
        {
            Mean = _mean,
            Deviation = Math.Max(deviation, LeastDeviation * Math.Max(Math.Abs(_mean), float.Epsilon / LeastDeviation)),
            DegreesOfFreedom = Math.Max(1, worth - 1),
        };
    }
}
