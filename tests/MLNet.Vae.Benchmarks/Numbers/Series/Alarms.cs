namespace MLNet.Vae.Benchmarks.Numbers.Series;

/// <summary>Readings called anomalous against those that are, pooled over files: SKAB's own measures.</summary>
/// <param name="Found">Anomalies that are called so.</param>
/// <param name="False">Other readings that are called so.</param>
/// <param name="Missed">Anomalies that are not.</param>
/// <param name="Quiet">Other readings that are not.</param>
internal sealed record Alarms(long Found, long False, long Missed, long Quiet)
{
    public double F1 => 2.0 * Found / (2 * Found + False + Missed);

    public double FalseShare => (double)False / (False + Quiet);

    public double MissedShare => (double)Missed / (Found + Missed);

    /// <param name="scores">Of readings, with whether each is an anomaly.</param>
    /// <param name="threshold">Above it, or where there is no score, one is called so.</param>
    public static Alarms Of(IReadOnlyCollection<(double Score, bool Anomalous)> scores, double threshold)
    {
        int Count(bool called, bool anomalous) => scores.Count(of => !(of.Score <= threshold) == called && of.Anomalous == anomalous);
        return new(Count(true, true), Count(true, false), Count(false, true), Count(false, false));
    }

    /// <summary>At the threshold at which F1 is greatest, which nobody knows beforehand.</summary>
    public static Alarms Best(IReadOnlyCollection<(double Score, bool Anomalous)> scores)
    {
        var ordered = scores.Select(of => (Score: double.IsNaN(of.Score) ? double.PositiveInfinity : of.Score, of.Anomalous))
            .OrderByDescending(of => of.Score).ToArray();
        var anomalies = ordered.LongCount(of => of.Anomalous);
        var others = ordered.Length - anomalies;
        var best = new Alarms(0, 0, anomalies, others);
        long found = 0, wrong = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            if (ordered[i].Anomalous)
                found++;
            else
                wrong++;
            if (i + 1 < ordered.Length && ordered[i + 1].Score == ordered[i].Score)
                continue;
            var at = new Alarms(found, wrong, anomalies - found, others - wrong);
            if (at.F1 > best.F1)
                best = at;
        }
        return best;
    }
}
