using MathNet.Numerics.Distributions;

namespace MLNet.Vae.Tables;

/// <summary>Between values, bins and normal scores of a <see cref="VaeHistogram"/>. Immutable.</summary>
internal sealed class HistogramMap
{
    // The outermost ranks are kept this far from 0 and 1: a normal score of 4.
    private const double LeastRank = 3.2e-5;

    private readonly double[] _lower, _upper, _mean, _share;

    // Normal scores at knots, ascending; a bin of one value is one knot, at the middle of its ranks.
    private readonly double[] _knots, _scores;

    public HistogramMap(VaeHistogram histogram)
    {
        (_lower, _upper, _mean, _share) = ([.. histogram.Lower], [.. histogram.Upper], [.. histogram.Mean], [.. histogram.Share]);
        var (knots, scores, before) = (new List<double>(), new List<double>(), 0.0);
        for (var bin = 0; bin < _lower.Length; bin++)
        {
            var after = before + _share[bin];
            if (_lower[bin] == _upper[bin])
            {
                Add(_lower[bin], (before + after) / 2);
            }
            else
            {
                Add(_lower[bin], before);
                Add(_upper[bin], after);
            }
            before = after;
        }
        (_knots, _scores) = ([.. knots], [.. scores]);

        void Add(double value, double rank)
        {
            var score = Normal.InvCDF(0, 1, Math.Clamp(rank, LeastRank, 1 - LeastRank));
            // Ranks of neighbours that are beyond what is kept are one and the same.
            if (scores.Count > 0)
                score = Math.Max(score, scores[^1] + 1e-6);
            knots.Add(value);
            scores.Add(score);
        }
    }

    public int Bins => _lower.Length;

    public double Least => _lower[0];

    public double Greatest => _upper[^1];

    public double MeanOf(int bin) => _mean[bin];

    /// <summary>Values and normal scores, ascending, between which the score is linear.</summary>
    public (IReadOnlyList<double> Values, IReadOnlyList<double> Scores) Knots => (_knots, _scores);

    /// <summary>The bin of a value, or the nearest; of one between two bins, the upper.</summary>
    public int Bin(double value)
    {
        var bin = Array.BinarySearch(_upper, value);
        return Math.Min(bin < 0 ? ~bin : bin, _upper.Length - 1);
    }

    public double Score(double value) => Interpolate(_knots, _scores, value);

    public double OfScore(double score) => Interpolate(_scores, _knots, score);

    /// <summary>A value of a bin at a rank of 0 to 1 within it: between its ends, so that the mean over ranks is that of the bin.</summary>
    public double Within(int bin, double rank)
    {
        var (lower, upper, mean) = (_lower[bin], _upper[bin], _mean[bin]);
        if (!(upper > lower))
            return lower;
        // u^a has mean 1 / (a + 1).
        var share = Math.Clamp((mean - lower) / (upper - lower), 1e-3, 1 - 1e-3);
        return lower + ((upper - lower) * Math.Pow(rank, (1 / share) - 1));
    }

    private static double Interpolate(double[] from, double[] to, double value)
    {
        if (from.Length == 1)
            return to[0] + (value - from[0]);
        var right = Array.BinarySearch(from, value);
        if (right >= 0)
            return to[right];
        right = Math.Clamp(~right, 1, from.Length - 1);
        var (x0, x1, y0, y1) = (from[right - 1], from[right], to[right - 1], to[right]);
        return x1 > x0 ? y0 + ((value - x0) * (y1 - y0) / (x1 - x0)) : y1;
    }
}
