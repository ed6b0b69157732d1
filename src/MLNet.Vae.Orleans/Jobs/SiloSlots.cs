using Microsoft.Extensions.Options;

namespace MLNet.Vae.Jobs;

/// <summary>Where the next partitions of a job go, and when.</summary>
internal sealed class SiloSlots(ISiloStatusOracle silos, IOptions<VaeClusterOptions> options, TimeProvider time)
{
    private const int MostDoublings = 5;

    // A silo that is gone counts as there until the cluster has found out.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30), FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<SiloAddress, long> _doubted = [];
    private int _losses;
    private long _lostAt;

    /// <param name="busy">The silo of each partition that is being scored.</param>
    /// <returns>The silo with the fewest; <see langword="null"/>: each has as many as it scores at once, or it is not the time.</returns>
    public SiloAddress? Next(IEnumerable<SiloAddress> busy)
    {
        // Twice as long after each loss without a result between: the cluster is changing.
        if (_losses > 0 && time.GetElapsedTime(_lostAt) < FirstPause * (1 << Math.Min(_losses - 1, MostDoublings)))
            return null;
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.ToList();
        var trusted = active.Where(silo => !_doubted.TryGetValue(silo, out var since) || time.GetElapsedTime(since) > Doubt).ToList();
        var counts = (trusted.Count > 0 ? trusted : active).ToDictionary(silo => silo, _ => 0);
        foreach (var silo in busy)
        {
            if (counts.TryGetValue(silo, out var count))
                counts[silo] = count + 1;
        }
        var (next, fewest) = counts.MinBy(pair => (pair.Value, pair.Key));
        return next is not null && fewest < options.Value.Concurrency ? next : null;
    }

    public void Answered(SiloAddress silo)
    {
        _losses = 0;
        _doubted.Remove(silo);
    }

    public void Lost(SiloAddress silo)
    {
        _losses++;
        _lostAt = _doubted[silo] = time.GetTimestamp();
    }
}
