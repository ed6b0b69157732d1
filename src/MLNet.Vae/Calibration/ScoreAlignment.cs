using MathNet.Numerics.Statistics;

namespace MLNet.Vae.Calibration;

/// <summary>
/// Scores of a model that saw fewer rows, as those of the model that they stand for: x ↦ m_g + w (m_f − m_g) + s^w (x − m_g), m the median
/// of some rows' scores by the one model, g, and by the other, f, s the ratio of their mean distances from it. Of rows that neither was
/// trained on, both have scores; w = n / (n + 5) says how much n of them are worth.
/// </summary>
internal static class ScoreAlignment
{
    private const double PriorPairs = 5;

    /// <param name="scores">By the model that saw fewer rows.</param>
    /// <param name="there">By that model, of rows that neither model was trained on.</param>
    /// <param name="here">By the other model, of the same rows.</param>
    public static IEnumerable<float> Of(IEnumerable<float> scores, IReadOnlyList<float> there, IReadOnlyList<float> here)
    {
        double[] g = [.. there.Where((score, i) => float.IsFinite(score) && float.IsFinite(here[i])).Select(score => (double)score)];
        double[] f = [.. here.Where((score, i) => float.IsFinite(score) && float.IsFinite(there[i])).Select(score => (double)score)];
        if (g.Length == 0)
            return scores;
        var (from, to) = (g.Median(), f.Median());
        var (fromSpread, toSpread) = (g.Average(score => Math.Abs(score - from)), f.Average(score => Math.Abs(score - to)));
        var weight = g.Length / (g.Length + PriorPairs);
        var scale = fromSpread > 0 && toSpread > 0 ? Math.Pow(toSpread / fromSpread, weight) : 1;
        var origin = from + weight * (to - from);
        return scores.Select(score => (float)(origin + scale * (score - from)));
    }
}
