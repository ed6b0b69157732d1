namespace MLNet.Vae.Drift;

/// <summary>The last rows that a model has scored: bins of their scores, and which it took for anomalies. Thread-safe.</summary>
/// <param name="capacity">Rows that are kept.</param>
/// <param name="bins">Of the scores of training; <see langword="null"/>: the model has none.</param>
/// <param name="hasThreshold">Whether it tells anomalies.</param>
internal sealed class ScoreWindow(int capacity, ScoreBins? bins, bool hasThreshold)
{
    /// <summary>
    /// Rows from which the index means something: ten for each of ten bins. Of n rows like those of training it is (bins − 1) / n in the
    /// mean, beside what the size of the training set adds (Yurdakul 2018).
    /// </summary>
    public const int FewestRows = 100;

    private readonly Lock _gate = new();
    private readonly (byte Bin, bool IsAnomalous)[] _rows = new (byte, bool)[capacity];
    private readonly int[] _counts = new int[bins?.Shares.Count ?? 1];
    private int _next, _filled, _anomalous;

    /// <summary><see langword="null"/>: there is no threshold, or no row.</summary>
    public double? AnomalousShare
    {
        get
        {
            lock (_gate)
                return hasThreshold && _filled > 0 ? _anomalous / (double)_filled : null;
        }
    }

    /// <summary><see langword="null"/>: there is nothing to compare with, or there are too few rows.</summary>
    public double? StabilityIndex
    {
        get
        {
            lock (_gate)
                return bins is not null && _filled >= FewestRows ? bins.StabilityIndex(_counts, _filled) : null;
        }
    }

    public void Add(IReadOnlyList<VaeRowResult> rows)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                if (row.Score is not { } score)
                    continue;
                if (_filled == capacity)
                {
                    var (oldBin, wasAnomalous) = _rows[_next];
                    _counts[oldBin]--;
                    _anomalous -= wasAnomalous ? 1 : 0;
                }
                else
                {
                    _filled++;
                }
                var (bin, isAnomalous) = ((byte)(bins?.Of(score) ?? 0), row.PredictedLabel is true);
                _rows[_next] = (bin, isAnomalous);
                _counts[bin]++;
                _anomalous += isAnomalous ? 1 : 0;
                _next = (_next + 1) % capacity;
            }
        }
    }
}
