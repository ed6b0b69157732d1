namespace MLNet.Vae.Tests.Architectures;

/// <summary>
/// Square pictures of a bar and a blob anywhere, intensities in [0, 1]: the same things in other places, which is what convolutions are
/// for.
/// </summary>
internal static class GeneratedPictures
{
    public const int Side = 16, Pixels = Side * Side;

    public static float[][] Create(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Picture(random))];
    }

    private static float[] Picture(Random random)
    {
        var upright = random.Next(2) == 0;
        var (bar, length, start) = (random.Next(Side), random.Next(Side / 2, Side), random.Next(Side / 2));
        var (top, left, radius) = (random.Next(Side), random.Next(Side), 1.5 + random.NextDouble());
        return [.. Enumerable.Range(0, Pixels).Select(slot =>
        {
            var (y, x) = (slot / Side, slot % Side);
            var (across, along) = upright ? (x, y) : (y, x);
            var onBar = across == bar && along >= start && along < start + length;
            var blob = Math.Exp(-((y - top) * (y - top) + (x - left) * (x - left)) / (2 * radius * radius));
            return (float)Math.Max(onBar ? 1 : 0, blob);
        })];
    }
}
