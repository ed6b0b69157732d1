using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MLNet.Vae.Tests.Pictures;

/// <summary>Reads a PNG by the standard (ISO 15948), as far as this library's need it; checksums are those that zip computes.</summary>
internal sealed record PngReader(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngReader Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (header, data, types) = (Array.Empty<byte>(), new MemoryStream(), new List<string>());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = Encoding.ASCII.GetString(file, at + 4, 4);
            types.Add(type);
            Assert.Equal(ZipChecksum(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (type == "IHDR")
                header = file[(at + 8)..(at + 8 + length)];
            if (type == "IDAT")
                data.Write(file, at + 8, length);
            at += length + 12;
        }
        Assert.Equal(("IHDR", "IEND"), (types[0], types[^1]));
        Assert.Equal(13, header.Length);
        Assert.Equal([8, 0, 0, 0], (byte[])[header[8], .. header[10..]]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        var channels = header[9] switch { 0 => 1, 2 => 3, var other => throw new InvalidDataException($"colour type {other}") };

        data.Position = 0;
        var lines = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            zlib.CopyTo(lines);
        var pixels = new List<byte>();
        foreach (var line in lines.ToArray().Chunk(1 + (width * channels)))
        {
            Assert.Equal(0, line[0]);
            pixels.AddRange(line[1..]);
        }
        Assert.Equal(width * height * channels, pixels.Count);
        return new(width, height, channels, [.. pixels]);
    }

    private static uint ZipChecksum(ReadOnlySpan<byte> bytes)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("chunk").Open();
            entry.Write(bytes);
        }
        using var written = new ZipArchive(zip, ZipArchiveMode.Read);
        return written.Entries[0].Crc32;
    }
}
