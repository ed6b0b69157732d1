using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using MLNet.Vae.Reading;

namespace MLNet.Vae.Saving;

/// <summary>
/// The ONNX graphs in a <c>model.zip</c>. The archive may come from anybody: nothing of it is written to disk, an entry is unpacked only
/// where it is a graph, and never to more than the archive can be meant for, whatever it says of its length.
/// </summary>
internal static class SavedArchive
{
    // What OnnxTransformer calls the entry of its graph: a 32-bit little-endian length, then the bytes.
    private const string OnnxEntry = "OnnxModel";

    // Weights hardly shrink, names and slot names to a fifth; a file of zeros shrinks a thousandfold.
    private const int MostExpansion = 20;

    // A small archive may hold a small model, however well that shrinks.
    private const long SmallBytes = 1 << 24;

    // A pipeline of a hundred steps has some 500 entries of 100 bytes.
    private const long MostDirectoryBytes = 1 << 22;

    private static readonly char[] EntrySeparators = ['/', '\\'];

    /// <exception cref="InvalidDataException">The archive is damaged, or unpacks to more than it can be meant for.</exception>
    public static List<byte[]> Graphs(Stream zip)
    {
        using var bounded = new BoundedStream(zip) { Left = MostDirectoryBytes };
        using var archive = new ZipArchive(bounded, ZipArchiveMode.Read, leaveOpen: true);
        var entries = archive.Entries;
        bounded.Left = long.MaxValue;
        var (graphs, left) = (new List<byte[]>(), Math.Max(SmallBytes, MostExpansion * zip.Length));
        foreach (var entry in entries)
        {
            var path = entry.FullName.Split(EntrySeparators);
            if (path[0].Length == 0 || path.Contains(".."))
                throw new InvalidDataException("An entry's name leads out of the archive.");
            if (path[^1] != OnnxEntry)
                continue;
            if (entry.Length > left)
            {
                throw new InvalidDataException(
                    $"{Name(entry)} says that it unpacks to {entry.Length} bytes, more than {MostExpansion} times the archive.");
            }
            left -= entry.Length;
            graphs.Add(Read(entry));
        }
        return graphs;
    }

    private static string Name(ZipArchiveEntry entry) => CheckException.Quoted(entry.FullName);

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length != entry.Length - prefix.Length)
            throw new InvalidDataException($"{Name(entry)}: {entry.Length - prefix.Length} bytes instead of {length}.");

        var graph = new byte[length];
        stream.ReadExactly(graph);
        // Reading an entry does not compare its checksum.
        var checksum = new Crc32();
        checksum.Append(prefix);
        checksum.Append(graph);
        return checksum.GetCurrentHashAsUInt32() == entry.Crc32
            ? graph
            : throw new InvalidDataException($"{Name(entry)}: its checksum does not match.");
    }

    /// <summary>Gives no more bytes of another stream than <see cref="Left"/>.</summary>
    private sealed class BoundedStream(Stream inner) : Stream
    {
        public long Left { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Left -= read;
            return Left >= 0 ? read : throw new InvalidDataException("Its list of entries is longer than that of any pipeline.");
        }

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush() => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
