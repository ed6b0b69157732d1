namespace FileFragments;

/// <summary>How often each byte value occurs in a fragment.</summary>
internal static class ByteHistogram
{
    public const int Bins = 256;

    /// <summary>Names of the bins: the character where it can be printed, else the value.</summary>
    public static string[] Names { get; } = [.. Enumerable.Range(0, Bins).Select(Name)];

    /// <returns>
    /// The square root of each count. Trees do not notice; for the autoencoder it gives every bin the same noise,
    /// which is what a Gaussian likelihood with one σ expects (the square root stabilises the variance of a Poisson count).
    /// </returns>
    public static float[] Of(ReadOnlySpan<byte> fragment)
    {
        var bins = new float[Bins];
        foreach (var value in fragment)
        {
            bins[value]++;
        }

        return Array.ConvertAll(bins, MathF.Sqrt);
    }

    private static string Name(int value) => value is >= ' ' and <= '~' ? $"'{(char)value}'" : $"0x{value:x2}";
}
