namespace MLNet.Vae.Calibration;

/// <summary>From scores of normal rows to the threshold that a share of other normal rows lies above.</summary>
internal static class ConformalThreshold
{
    /// <summary>Rows that must lie above a threshold among those that it is set on for it to be worth something.</summary>
    public const int LeastRowsAbove = 5;

    // Of the highest scores, the tenth whose excess says how the tail goes on.
    private const int TailShare = 10, LeastTail = 2;

    /// <summary>
    /// The quantile at rank (1 − c)(n + 1), between two scores in proportion: of another row from where these come from, the probability
    /// to score above the score of rank k is (n + 1 − k) / (n + 1), whatever the distribution (Vovk, Gammerman and Shafer 2005), and so
    /// it is c in the mean. Where c is less than 1 / (n + 1), none of the scores is high enough, and the tail goes on from the highest as
    /// an exponential one whose mean is that of the highest tenth's excess: highest + mean excess · ln(1 / (c (n + 1))).
    /// </summary>
    /// <param name="scores">Ascending, at least one; infinite ones count as such, and the threshold is finite all the same.</param>
    /// <param name="contamination">c, above 0 and at most 0.5.</param>
    public static double Of(IReadOnlyList<float> scores, double contamination)
    {
        var count = scores.Count;
        // Exact in decimals: (1 − 0.05)·20 is 19, not a little less.
        var rank = (1 - (decimal)contamination) * (count + 1);
        if (rank > count)
            return Extrapolated(scores, contamination);
        var below = (int)rank;
        var lower = Finite(scores, below);
        // On a score, rounding could turn the label of its row.
        if (rank == below)
            return CalibrationScores.Raised((float)lower) is var raised && float.IsFinite(raised) ? raised : lower;
        var upper = Finite(scores, Math.Min(count, below + 1));
        return lower + (double)(rank - below) * (upper - lower);
    }

    private static double Extrapolated(IReadOnlyList<float> scores, double contamination)
    {
        var count = scores.Count;
        var highest = Finite(scores, count);
        var tail = Math.Min(count - 1, Math.Max(LeastTail, count / TailShare));
        if (tail == 0)
            return highest;
        var start = Finite(scores, count - tail);
        var excess = Enumerable.Range(0, tail).Average(i => Finite(scores, count - i) - start);
        return Math.Min(double.MaxValue, highest + excess * Math.Log(1 / (contamination * (count + 1))));
    }

    /// <summary>The score of a rank, counted from 1; the highest finite one where that is infinite.</summary>
    private static double Finite(IReadOnlyList<float> scores, int rank)
    {
        while (rank > 1 && !float.IsFinite(scores[rank - 1]))
            rank--;
        return float.IsFinite(scores[rank - 1]) ? scores[rank - 1] : float.MaxValue;
    }
}
