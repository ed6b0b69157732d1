namespace MLNet.Vae.Data;

/// <summary>
/// Shuffles streams of rows, one after the other in the same memory: each row that comes in pushes out a random one of those waiting.
/// </summary>
internal sealed class ShufflePool(int featureCount)
{
    private float[] _rows = [];
    private Random _random = null!;
    private int _capacity;
    private int _count;

    /// <summary>Begins another stream, empty; what was left of the one before is gone.</summary>
    /// <param name="capacity">Rows that wait at most.</param>
    /// <param name="random">Chooses among them.</param>
    public void Begin(int capacity, Random random)
    {
        (_capacity, _random, _count) = (capacity, random, 0);
        var values = checked((long)capacity * featureCount);
        if (_rows.Length >= values)
            return;
        // The smaller one may go before the larger one is there.
        _rows = [];
        _rows = new float[values];
    }

    /// <summary>Puts <paramref name="row"/> in; once the pool is full, takes a random one out into <paramref name="taken"/>.</summary>
    /// <returns>Whether one was taken out.</returns>
    public bool Exchange(ReadOnlySpan<float> row, Span<float> taken)
    {
        if (_count < _capacity)
        {
            row.CopyTo(Row(_count++));
            return false;
        }
        var chosen = Row(_random.Next(_capacity));
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
        var chosen = Row(_random.Next(_count));
        chosen.CopyTo(taken);
        Row(--_count).CopyTo(chosen);
        return true;
    }

    private Span<float> Row(int index) => _rows.AsSpan(index * featureCount, featureCount);
}
