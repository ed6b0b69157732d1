using System.Buffers.Binary;
using System.IO.Compression;
using MLNet.Vae.Modules;

namespace Digits;

/// <summary>An IDX file of bytes: two zeros, the type, the number of dimensions, their lengths big-endian, the values.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Lengths">Of the dimensions.</param>
/// <param name="Values">The first dimension changes last.</param>
internal sealed record IdxFile(string Path, int[] Lengths, byte[] Values)
{
    private const byte Bytes = 0x08;

    /// <exception cref="InvalidDataException">The file is damaged or foreign; the message says how.</exception>
    public static IdxFile Read(FileInfo file)
    {
        var content = Content(file);
        if (content is not [0, 0, Bytes, var dimensions and > 0, ..])
        {
            throw new InvalidDataException(
                $"'{file.FullName}' is no IDX file of bytes: expected it to begin with 0, 0, 8 and the number of dimensions, found "
                + $"{Beginning(content)}."
            );
        }

        var start = 4 * (dimensions + 1);
        if (content.Length < start)
        {
            throw new InvalidDataException(
                $"'{file.FullName}' is truncated: its header should have {start} bytes, the file has {content.Length}. Copy it again."
            );
        }

        var lengths = Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 * i))).ToArray();
        if (lengths.Any(length => length < 1))
        {
            throw new InvalidDataException(
                $"'{file.FullName}' is damaged or empty: its header gives the lengths {string.Join(" x ", lengths)}. Copy it again."
            );
        }

        var expected = lengths.Aggregate(1.0, (product, length) => product * length);
        var found = content.Length - start;
        return expected == found
            ? new(file.FullName, lengths, content[start..])
            : throw new InvalidDataException(
                $"'{file.FullName}' is {(found < expected ? "truncated" : "damaged")}: its header promises {expected:N0} values "
                + $"({string.Join(" x ", lengths)}), it has {found:N0}. Copy it again."
            );
    }

    private static byte[] Content(FileInfo file)
    {
        var content = File.ReadAllBytes(file.FullName);
        if (content is not [0x1f, 0x8b, ..])
        {
            return content;
        }

        try
        {
            using var unzipped = new MemoryStream();
            using (var zipped = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
            {
                zipped.CopyTo(unzipped);
            }

            return unzipped.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{file.FullName}' is a damaged gzip file: {e.Message} Copy it again.", e);
        }
    }

    private static string Beginning(byte[] content)
        => content.Length == 0 ? "an empty file" : string.Join(", ", content.Take(4));
}
