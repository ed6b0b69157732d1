using Microsoft.Extensions.Options;

namespace MLNet.Vae.Jobs;

/// <summary>Where the next partitions of a job go, and when.</summary>
internal sealed class SiloSlots(ISiloStatusOracle silos, IOptions<VaeClusterOptions> options, TimeProvider time)
{
    private const int MostDoublings = 5;

    // A silo that is gone counts as there until the cluster has found out.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30), FirstPause = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<SiloAddress, long> _doubted = [];

    // Silos that have said that they cannot.
    private readonly HashSet<SiloAddress> _unable = [];
    private int _losses;
    private long _lostAt;

    /// <param name="busy">The silo of each partition that is being scored.</param>
    /// <returns>The silo with the fewest; <see langword="null"/>: each has as many as it scores at once, or it is not the time.</returns>
    public SiloAddress? Next(IEnumerable<SiloAddress> busy)
    {
        // Twice as long after each loss without a result between: the cluster is changing.
        if (_losses > 0 && time.GetElapsedTime(_lostAt) < FirstPause * (1 << Math.Min(_losses - 1, MostDoublings)))
            return null;
        var active = Able();
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

    /// <summary>A silo cannot score the job: the others get what is left, and it nothing as long as there is one of them.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Refused(SiloAddress silo)
    {
        _unable.Add(silo);
        return Able().Exists(other => !_unable.Contains(other));
    }

    /// <summary>What a silo cannot may be otherwise by now.</summary>
    public void Forgive() => _unable.Clear();

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

    /// <summary>The active silos that have not refused; where all have, all of them.</summary>
    private List<SiloAddress> Able()
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.ToList();
        var able = active.FindAll(silo => !_unable.Contains(silo));
        return able.Count > 0 ? able : active;
    }
}
