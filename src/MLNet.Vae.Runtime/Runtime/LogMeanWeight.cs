namespace MLNet.Vae.Runtime;

/// <summary>ln 1/S Σ wₛ from the logarithms of the weights, one by one, through the largest so far so that nothing overflows.</summary>
internal struct LogMeanWeight()
{
    private double _largest = double.NegativeInfinity;
    private double _sum;
    private double _sumOfSquares;
    private long _count;

    /// <summary>NaN where any weight is.</summary>
    public readonly double Value => _sum == 0 ? double.NegativeInfinity : _largest + Math.Log(_sum / _count);

    /// <summary>
    /// Of <see cref="Value"/>: that of the mean weight over the mean weight (delta method), √((S Σ w² / (Σ w)² − 1) / (S − 1)); NaN for a
    /// single weight.
    /// </summary>
    public readonly double StandardError
        => _count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, (_count * _sumOfSquares / (_sum * _sum)) - 1) / (_count - 1));

    public void Add(ReadOnlySpan<float> logWeights)
    {
        foreach (var logWeight in logWeights)
            Add(logWeight);
    }

    private void Add(double logWeight)
    {
        _count++;
        if (logWeight > _largest)
        {
            var shrink = Math.Exp(_largest - logWeight);
            (_sum, _sumOfSquares, _largest) = (_sum * shrink, _sumOfSquares * shrink * shrink, logWeight);
        }
        else if (double.IsNegativeInfinity(logWeight))
        {
            return;
        }
        var weight = Math.Exp(logWeight - _largest);
        _sum += weight;
        _sumOfSquares += weight * weight;
    }
}
