namespace MLNet.Vae.Reporting;

/// <summary>How rows are ranked by a score, and features by a contribution.</summary>
internal static class ScoreRank
{
    /// <summary>NaN is no evidence that a row is normal: it ranks as infinite.</summary>
    public static float Of(float score) => float.IsNaN(score) ? float.PositiveInfinity : score;
}
