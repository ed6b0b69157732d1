namespace MLNet.Vae.Data;

/// <summary>Shuffles a stream of rows: each row that comes in pushes out a random one of those waiting.</summary>
internal sealed class ShufflePool(int capacity, int featureCount, Random random)
{
    private readonly float[] _rows = new float[checked((long)capacity * featureCount)];
    private int _count;

    /// <summary>Puts <paramref name="row"/> in; once the pool is full, takes a random one out into <paramref name="taken"/>.</summary>
    /// <returns>Whether one was taken out.</returns>
    public bool Exchange(ReadOnlySpan<float> row, Span<float> taken)
    {
        if (_count < capacity)
        {
            row.CopyTo(Row(_count++));
            return false;
        }
        var chosen = Row(random.Next(capacity));
        chosen.CopyTo(taken);
        row.CopyTo(chosen);
        return true;
    }

    /// <summary>Takes a random row out, without replacement.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Take(Span<float> taken)
    {
        if (_count == 0)
            return false;
        var chosen = Row(random.Next(_count));
        chosen.CopyTo(taken);
        Row(--_count).CopyTo(chosen);
        return true;
    }

    private Span<float> Row(int index) => _rows.AsSpan(index * featureCount, featureCount);
}
