namespace MLNet.Vae.Interop;

/// <summary>Random bits from a counter, the same on every machine and version (Steele, Lea and Flood 2014).</summary>
internal static class SplitMix64
{
    /// <summary>From one number of a stream to the next.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>The finaliser: every bit depends on every other.</summary>
    public static ulong Mixed(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
