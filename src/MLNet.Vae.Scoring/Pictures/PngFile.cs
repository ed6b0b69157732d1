using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace MLNet.Vae;

/// <summary>Portable Network Graphics (ISO 15948): 8 bits a channel, no filters, one compressed chunk.</summary>
internal static class PngFile
{
    private const byte BitDepth = 8, Grey = 0, TrueColour = 2, NoFilter = 0;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <param name="width">Pixels of a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="channels">1: grey; 3: red, green, blue.</param>
    /// <param name="pixels"><c>[height, width, channels]</c>.</param>
    public static byte[] Write(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = BitDepth;
        header[9] = channels == 1 ? Grey : TrueColour;
        // Compression, filter method and interlacing: 0, the only ones or none.
        header[10..].Clear();

        using var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compressed(pixels, width * channels));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Each line behind the number of its filter.</summary>
    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int line)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var start = 0; start < pixels.Length; start += line)
            {
                zlib.WriteByte(NoFilter);
                zlib.Write(pixels.Slice(start, line));
            }
        }
        return compressed.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
