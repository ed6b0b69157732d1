using System.IO.Compression;

namespace Lectures;

/// <summary>What compresses black and white pictures without a model of them, each in the way that is best for it.</summary>
internal static class Rivals
{
    private const int BitsPerByte = 8, Filters = 5;

    /// <summary>Bytes of all pictures in one gzip file: eight pixels in a byte, line by line or through, or a byte for each.</summary>
    public static long Gzip(float[][] images, int width)
    {
        byte[][] forms =
        [
            [.. images.SelectMany(image => Lines(image, width)).SelectMany(line => line)],
            [.. images.SelectMany(Packed)],
            [.. images.SelectMany(image => image).Select(pixel => (byte)pixel)],
        ];
        return forms.Min(bytes => Length(file => new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true), bytes));
    }

    /// <summary>
    /// Bytes of all pictures, one below the other, as one PNG of one bit a pixel: its compressed lines alone, behind whichever of
    /// PNG's five filters does best (W3C 2003, <em>Portable network graphics specification</em>, section 9).
    /// </summary>
    public static long Png(float[][] images, int width)
    {
        byte[][] lines = [.. images.SelectMany(image => Lines(image, width))];
        return Enumerable.Range(0, Filters).Min(filter => Length(
            file => new ZLibStream(file, CompressionLevel.SmallestSize, leaveOpen: true),
            [.. lines.SelectMany((line, y) =>
                Filtered(line, y == 0 ? new byte[line.Length] : lines[y - 1], filter).Prepend((byte)filter))]));
    }

    private static IEnumerable<byte[]> Lines(float[] image, int width) => image.Chunk(width).Select(Packed);

    private static byte[] Packed(float[] pixels)
    {
        var bytes = new byte[(pixels.Length + BitsPerByte - 1) / BitsPerByte];
        for (var i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] == 1)
            {
                bytes[i / BitsPerByte] |= (byte)(0x80 >> (i % BitsPerByte));
            }
        }
        return bytes;
    }

    private static IEnumerable<byte> Filtered(byte[] line, byte[] above, int filter) => line.Select((value, x) =>
    {
        var (left, up, corner) = (x == 0 ? 0 : line[x - 1], above[x], x == 0 ? 0 : above[x - 1]);
        return (byte)(value - filter switch
        {
            0 => 0,
            1 => left,
            2 => up,
            3 => (left + up) / 2,
            _ => Paeth(left, up, corner),
        });
    });

    private static int Paeth(int left, int up, int corner)
    {
        var (fromLeft, fromUp, fromCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        if (fromLeft <= fromUp && fromLeft <= fromCorner)
        {
            return left;
        }
        return fromUp <= fromCorner ? up : corner;
    }

    private static long Length(Func<Stream, Stream> compression, byte[] bytes)
    {
        using var file = new MemoryStream();
        using (var stream = compression(file))
        {
            stream.Write(bytes);
        }
        return file.Length;
    }
}
