using MathNet.Numerics.Distributions;

namespace MLNet.Vae.Compression;

/// <summary>
/// A standard normal number as one of 2¹⁴ buckets that are as likely (Townsend, Bird and Barber 2019, section 2.5.1): by the prior each
/// takes 14 bits, by a posterior −log₂ of what it has of it.
/// </summary>
internal static class LatentBuckets
{
    private const int Bits = 14, Count = 1 << Bits, PosteriorPrecision = 28;

    // Each bucket has 1 beside its share of the rest, so that none has 0.
    private const double Room = (1 << PosteriorPrecision) - Count;

    private static readonly double[] Edges = [.. Enumerable.Range(0, Count + 1).Select(i => Normal.InvCDF(0, 1, (double)i / Count))];

    private static readonly float[] Centres = [.. Enumerable.Range(0, Count).Select(i => (float)Normal.InvCDF(0, 1, (i + 0.5) / Count))];

    /// <summary>The number that stands for a bucket.</summary>
    public static float Centre(int bucket) => Centres[bucket];

    public static void PushByPrior(AnsStack stack, int bucket) => stack.Push((uint)bucket, 1, Bits);

    public static int PopByPrior(AnsStack stack)
    {
        var bucket = (int)stack.Peek(Bits);
        stack.Pop((uint)bucket, 1, Bits);
        return bucket;
    }

    public static void PushByPosterior(AnsStack stack, int bucket, double mean, double sigma)
    {
        var start = Start(bucket, mean, sigma);
        stack.Push(start, Start(bucket + 1, mean, sigma) - start, PosteriorPrecision);
    }

    public static int PopByPosterior(AnsStack stack, double mean, double sigma)
    {
        var at = stack.Peek(PosteriorPrecision);
        var (bucket, beyond) = (0, Count);
        while (beyond - bucket > 1)
        {
            var middle = (bucket + beyond) / 2;
            if (Start(middle, mean, sigma) <= at)
                bucket = middle;
            else
                beyond = middle;
        }
        var start = Start(bucket, mean, sigma);
        stack.Pop(start, Start(bucket + 1, mean, sigma) - start, PosteriorPrecision);
        return bucket;
    }

    private static uint Start(int bucket, double mean, double sigma) => bucket switch
    {
        0 => 0,
        Count => 1U << PosteriorPrecision,
        _ => (uint)bucket + (uint)(Normal.CDF(0, 1, (Edges[bucket] - mean) / sigma) * Room),
    };
}
