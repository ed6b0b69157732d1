using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Rows of several kinds in turn, each kind a curved line with noise around it, apart from the others.</summary>
internal static class KindRows
{
    public const int Features = 8, Kinds = 4;

    private const double Noise = 0.3;

    public static float[][] Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Row(random, row % Kinds))];
    }

    /// <returns>The kind of each row.</returns>
    public static int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(row => row % Kinds)];

    private static float[] Row(Random random, int kind)
    {
        var t = (2 * random.NextDouble()) - 1;
        return [.. Enumerable.Range(0, Features).Select(j =>
            (float)(3 * Math.Sin(((kind + 1) * (j + 1)) + (0.5 * t)) + (t * t * Math.Cos(kind + j)) + (Noise * Trainer.Normal(random))))];
    }
}
