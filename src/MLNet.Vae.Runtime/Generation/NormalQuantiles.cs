using MathNet.Numerics.Distributions;

namespace MLNet.Vae.Generation;

/// <summary>Φ⁻¹, the inverse of the standard normal distribution function.</summary>
internal static class NormalQuantiles
{
    /// <summary>Φ⁻¹((i + ½) / count): the middles of that many equally likely intervals, ascending.</summary>
    public static double[] Midpoints(int count) => [.. Enumerable.Range(0, count).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / count))];
}
