namespace MLNet.Vae.Reporting;

/// <summary>Which value is black and which is white.</summary>
internal readonly record struct PixelRange(float Minimum, float Maximum)
{
    private const float HighestByte = 255;

    /// <summary>[0, 1] or [0, 255] where all values lie in it, else from the smallest to the largest.</summary>
    public static PixelRange Of(FeatureStatistics statistics)
    {
        var (minimum, maximum) = (statistics.Minimum.Min(), statistics.Maximum.Max());
        return minimum < 0 || maximum > HighestByte ? new(minimum, maximum > minimum ? maximum : minimum + 1)
            : maximum <= 1 ? new(0, 1)
            : new(0, HighestByte);
    }

    /// <summary>As 8 bits, to the nearest; values outside as the nearest within.</summary>
    public byte[] Bytes(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
            bytes[i] = (byte)MathF.Round(HighestByte * Math.Clamp((values[i] - Minimum) / (Maximum - Minimum), 0, 1));
        return bytes;
    }
}
