using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Vae.Compression;

/// <summary>A message with what is to be known before and after it is read.</summary>
/// <param name="Rows">Their number.</param>
/// <param name="Model">Fingerprint of the model.</param>
/// <param name="Hash">Of the rows that come back.</param>
internal readonly record struct CompressedFile(int Rows, ulong Model, ulong Hash)
{
    private const int ChecksumAt = 24, HeaderBytes = 28;

    // A row that says next to nothing takes a hundredth of a bit.
    private const long MostRowsPerByte = 1_024;

    // Format 1.
    private static ReadOnlySpan<byte> Signature => "VAE\u0001"u8;

    /// <summary>XxHash64 of the values of rows.</summary>
    public static ulong HashOf(float[][] rows)
    {
        var hash = new XxHash64();
        foreach (var row in rows)
            hash.Append(MemoryMarshal.AsBytes(row.AsSpan()));
        return hash.GetCurrentHashAsUInt64();
    }

    public byte[] Write(AnsStack message)
    {
        var body = message.ToBytes();
        var bytes = new byte[HeaderBytes + body.Length];
        var header = bytes.AsSpan();
        Signature.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Rows);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], Model);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], Hash);
        body.CopyTo(header[HeaderBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumAt..], ChecksumOf(bytes));
        return bytes;
    }

    /// <exception cref="DamagedMessageException">The bytes are damaged; says how, as a clause.</exception>
    public static (CompressedFile File, AnsStack Message) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Signature))
            throw new DamagedMessageException("they do not begin as such bytes do");
        if (ChecksumOf(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]))
            throw new DamagedMessageException("their checksum does not match");
        var rows = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (rows < 0 || rows > MostRowsPerByte * bytes.Length)
            throw new DamagedMessageException("they say that they hold more rows than they can be meant for");
        return (
            new(rows, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..])),
            new(bytes[HeaderBytes..]));
    }

    /// <summary>Of all bytes but its own.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Crc32();
        checksum.Append(bytes[..ChecksumAt]);
        checksum.Append(bytes[HeaderBytes..]);
        return checksum.GetCurrentHashAsUInt32();
    }
}
