namespace MLNet.Vae.Measures;

/// <summary><see cref="VaeDistance"/> of two vectors of one length.</summary>
internal static class VectorDistance
{
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distance"/> is none of the distances.</exception>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, VaeDistance distance) => distance switch
    {
        VaeDistance.Cosine => Cosine(a, b),
        VaeDistance.Euclidean => Euclidean(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, "Expected Cosine or Euclidean."),
    };

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, lengthOfA = 0, lengthOfB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            lengthOfA += (double)a[i] * a[i];
            lengthOfB += (double)b[i] * b[i];
        }
        var lengths = Math.Sqrt(lengthOfA * lengthOfB);
        return lengths == 0 ? 1 : Math.Clamp(1 - product / lengths, 0, 2);
    }

    private static double Euclidean(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
