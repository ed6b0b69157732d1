namespace MLNet.Vae.Reading;

/// <summary>Reads a stream of whatever length, up to a limit.</summary>
internal static class BoundedBytes
{
    private const int BlockSize = 1 << 16;

    /// <summary>From its position to its end; <see langword="null"/> where that is more than <paramref name="most"/> bytes.</summary>
    public static byte[]? Read(Stream source, int most)
    {
        if (source.CanSeek && source.Length - source.Position is > 0 and var length)
        {
            if (length > most)
                return null;
            var bytes = new byte[length];
            var read = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }

        using var buffer = new MemoryStream();
        var block = new byte[BlockSize];
        while (source.Read(block) is > 0 and var read)
        {
            if (read > most - buffer.Length)
                return null;
            buffer.Write(block, 0, read);
        }
        return buffer.ToArray();
    }
}
