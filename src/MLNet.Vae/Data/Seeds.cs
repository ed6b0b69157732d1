namespace MLNet.Vae.Data;

/// <summary>
/// Independent seeds for the parts of a fit, the same in every process; <see cref="HashCode"/> differs from process to process.
/// </summary>
internal static class Seeds
{
    public static int Of(int seed, RandomStream stream) => Combine(seed, (int)stream);

    public static int Combine(int seed, int part)
    {
        // The mixing of MurmurHash3's finaliser (Appleby 2011).
        var x = (uint)seed + (0x9E3779B9u * ((uint)part + 1));
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return (int)(x ^ (x >> 16));
    }
}
