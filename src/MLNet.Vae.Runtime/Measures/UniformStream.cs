using MLNet.Vae.Interop;

namespace MLNet.Vae.Measures;

/// <summary>Random numbers that a seed determines on every machine and version.</summary>
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

    private ulong Next() => SplitMix64.Mixed(_state += SplitMix64.Step);
}
