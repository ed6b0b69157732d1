namespace MLNet.Vae.Interop;

/// <summary>The checksum of zip (APPNOTE 4.4.7) and PNG (ISO 15948, annex D): the same polynomial, reflected.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Of two runs of bytes, one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Over(Over(uint.MaxValue, first), second);

    private static uint Over(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
        }
        return crc;
    }
}
