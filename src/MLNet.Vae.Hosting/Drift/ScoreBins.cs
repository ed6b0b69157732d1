using MLNet.Vae.Calibration;

namespace MLNet.Vae.Drift;

/// <summary>Deciles of the scores of training, and how many of these lie in each. Immutable.</summary>
internal sealed class ScoreBins
{
    private const int Deciles = 10;

    private readonly float[] _edges;

    private ScoreBins(float[] edges, CalibrationScores calibration)
    {
        _edges = edges;
        var rows = new long[edges.Length + 1];
        foreach (var (score, weight) in calibration.Scores.Zip(calibration.Weights))
            rows[Of(score)] += weight;
        Shares = [.. rows.Select(count => count / (double)calibration.Rows)];
    }

    /// <summary>Of the scores of training, bin by bin; they sum to 1, none is 0.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Bins between deciles; those of equal scores are one.</summary>
    public static ScoreBins Of(CalibrationScores calibration)
    {
        var weights = calibration.Weights;
        var edges = new List<float>();
        var below = 0L;
        for (var (i, decile) = (0, 1); i < weights.Length && decile < Deciles; i++)
        {
            below += weights[i];
            var isEdge = false;
            for (; decile < Deciles && below * Deciles >= (long)decile * calibration.Rows; decile++)
                isEdge = true;
            // Nothing would lie above an edge at the highest score.
            if (isEdge && calibration.Scores[i] < calibration.Scores[^1] && (edges.Count == 0 || edges[^1] < calibration.Scores[i]))
                edges.Add(calibration.Scores[i]);
        }
        return new([.. edges], calibration);
    }

    /// <summary>The bin of a score: up to an edge and the edge itself. NaN is no evidence that a row is normal, and in the last.</summary>
    public int Of(float score)
    {
        if (float.IsNaN(score))
            return _edges.Length;
        var bin = 0;
        while (bin < _edges.Length && score > _edges[bin])
            bin++;
        return bin;
    }

    /// <summary>
    /// The population stability index Σ (q − p) ln(q / p), p the shares of training and q those of the rows counted (Siddiqi 2006,
    /// "Credit Risk Scorecards", chapter on monitoring): the symmetrised Kullback–Leibler divergence. A bin without rows counts as half a
    /// row, as the logarithm of 0 is none.
    /// </summary>
    /// <param name="counts">Rows in each bin.</param>
    /// <param name="rows">Their sum, above 0.</param>
    public double StabilityIndex(ReadOnlySpan<int> counts, int rows)
    {
        var sum = 0.0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            var (p, q) = (Shares[bin], Math.Max(counts[bin], 0.5) / rows);
            sum += (q - p) * Math.Log(q / p);
        }
        return sum;
    }
}
