using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Arrays of numbers in a NumPy archive (.npz): a zip of .npy files, little-endian (NumPy Enhancement Proposal 1).</summary>
internal sealed partial class NumpyArchive(string path)
{
    private const int MagicLength = 6;

    /// <summary>An array of one or two dimensions.</summary>
    /// <param name="name">Without its ending.</param>
    /// <returns><c>[rows][columns]</c>; one column for an array of one dimension.</returns>
    public double[][] Read(string name)
    {
        using var archive = ZipFile.OpenRead(path);
        var entry = archive.GetEntry($"{name}.npy") ?? throw new InvalidDataException($"'{path}' has no array '{name}'.");
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Parse(buffer.ToArray());
    }

    private double[][] Parse(byte[] file)
    {
        // Magic, two bytes of version, the header's length in two bytes (version 1) or four, the header, the values.
        var version = file[MagicLength];
        var lengthAt = MagicLength + 2;
        var headerAt = lengthAt + (version == 1 ? sizeof(ushort) : sizeof(uint));
        var headerLength = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(lengthAt))
            : BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(lengthAt));
        var header = Encoding.ASCII.GetString(file, headerAt, headerLength);

        var type = TypePattern().Match(header).Groups[1].Value;
        var shape = LengthPattern().Matches(ShapePattern().Match(header).Groups[1].Value)
            .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        var (rows, columns) = (shape[0], shape.Length > 1 ? shape[1] : 1);
        var byColumns = header.Contains("'fortran_order': True", StringComparison.Ordinal);
        var (size, read) = Reader(type);
        var values = headerAt + headerLength;
        return [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns)
            .Select(column => read(file, values + size * (byColumns ? column * rows + row : row * columns + column))).ToArray())];
    }

    private (int Size, Func<byte[], int, double> Read) Reader(string type) => type switch
    {
        "<f8" => (sizeof(double), (file, at) => BinaryPrimitives.ReadDoubleLittleEndian(file.AsSpan(at))),
        "<f4" => (sizeof(float), (file, at) => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(at))),
        "<i8" => (sizeof(long), (file, at) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at))),
        "<i4" => (sizeof(int), (file, at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at))),
        "<i2" => (sizeof(short), (file, at) => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(at))),
        "|u1" => (sizeof(byte), (file, at) => file[at]),
        _ => throw new InvalidDataException($"'{path}' has values of type '{type}', which this reader does not know."),
    };

    [GeneratedRegex("'descr': '([^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex LengthPattern();
}
