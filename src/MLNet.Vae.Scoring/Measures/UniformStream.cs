namespace MLNet.Vae.Measures;

/// <summary>Random numbers that a seed determines on every machine and version: SplitMix64 (Steele, Lea and Flood 2014).</summary>
internal sealed class UniformStream(int seed)
{
    private ulong _state = (uint)seed;

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>0 to <paramref name="count"/> − 1 in random order (Fisher and Yates).</summary>
    public int[] Order(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private ulong Next()
    {
        var x = _state += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
