using MLNet.Vae.Interop;

namespace MLNet.Vae.Noise;

/// <summary>
/// Standard normal and uniform numbers that depend on the seed, on the row's id and on their place in it alone: neither on other rows nor
/// on the order in which they are asked for.
/// </summary>
internal sealed class CounterNumbers(int seed)
{
    private const double Unit = 1.0 / (1UL << 32);

    /// <summary>Consecutive samples of a row, <c>[samples, width]</c>, from sample <paramref name="first"/> on.</summary>
    public void Fill(Span<float> values, int width, RowId row, int first)
    {
        var key = Key(row);
        var pairs = (width + 1) / 2;
        var counter = (ulong)first * (ulong)pairs;
        for (var start = 0; start < values.Length; start += width)
        {
            var sample = values.Slice(start, width);
            for (var i = 0; i < width; i += 2)
            {
                var (even, odd) = Pair(SplitMix64.Mixed(key + (SplitMix64.Step * ++counter)));
                sample[i] = even;
                if (i + 1 < width)
                    sample[i + 1] = odd;
            }
        }
    }

    /// <summary>Sample <paramref name="sample"/> of a row, uniform in [0, 1).</summary>
    public void FillUniform(Span<double> values, RowId row, int sample)
    {
        const double Step = 1.0 / (1UL << 53);
        var key = Key(row);
        var counter = (ulong)sample * (ulong)values.Length;
        foreach (ref var value in values)
            value = (SplitMix64.Mixed(key + (SplitMix64.Step * ++counter)) >> 11) * Step;
    }

    private ulong Key(RowId row) => SplitMix64.Mixed(SplitMix64.Mixed(SplitMix64.Mixed((uint)seed) + row.Low) + row.High);

    /// <summary>Two normal ones from 64 bits (Box and Muller 1958).</summary>
    private static (float Even, float Odd) Pair(ulong bits)
    {
        const double Half = 0.5;
        var radius = Math.Sqrt(-2 * Math.Log(((uint)bits + Half) * Unit));
        var (sine, cosine) = Math.SinCos(Math.Tau * Unit * (bits >> 32));
        return ((float)(radius * cosine), (float)(radius * sine));
    }
}
