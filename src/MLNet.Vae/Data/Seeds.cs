namespace MLNet.Vae.Data;

/// <summary>
/// Independent seeds for the parts of a fit, the same in every process; <see cref="HashCode"/> differs from process to process.
/// </summary>
internal static class Seeds
{
    // Apart from the streams and from those of restarts.
    private const int Ranks = 1_000_000;

    public static int Of(int seed, RandomStream stream) => Combine(seed, (int)stream);

    /// <summary>That of one process among several that train together: the first has the seed itself.</summary>
    public static int OfRank(int seed, int rank) => rank == 0 ? seed : Combine(seed, Ranks + rank);

    public static int Combine(int seed, int part)
    {
        // The mixing of MurmurHash3's finaliser (Appleby 2011).
        var x = (uint)seed + (0x9E3779B9u * ((uint)part + 1));
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return (int)(x ^ (x >> 16));
    }
}
