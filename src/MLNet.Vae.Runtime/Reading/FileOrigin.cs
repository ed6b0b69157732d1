using System.Security.Cryptography;
using System.Text;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Reading;

/// <summary>Whose an ONNX file is and whether it is whole, from the outermost fields of its bytes: nothing is made of the graph.</summary>
internal sealed class FileOrigin
{
    // Of ModelProto, and of the entries of its metadata.
    private const int ProducerName = 2, Graph = 7, MetadataProps = 14, Key = 1, Value = 2;

    // What is looked at is shorter; whatever is longer is none of it.
    private const int LongestText = 80;

    private bool _hasGraph;
    private int _checksums;
    private string _checksum = "";

    // Where its entry begins, and where what follows it does.
    private (int Start, int End) _checksumEntry;

    private FileOrigin()
    {
    }

    /// <summary>Who it says wrote it; empty where it does not.</summary>
    public string Producer { get; private set; } = "";

    /// <summary>The version of the format; <see langword="null"/>: it does not say.</summary>
    public string? Format { get; private set; }

    /// <summary>The graph that it says it holds; <see langword="null"/>: it does not.</summary>
    public string? Kind { get; private set; }

    /// <summary>Whether it describes a model.</summary>
    public bool HasInfo { get; private set; }

    /// <summary>Whether this library wrote it, or another that keeps to its contract.</summary>
    public bool IsOurs => Format is not null || Producer == ModelFile.Producer;

    public bool HasChecksum => _checksums > 0;

    /// <summary><see langword="null"/> where the bytes are no whole ONNX file.</summary>
    public static FileOrigin? Of(ReadOnlySpan<byte> file)
    {
        var origin = new FileOrigin();
        var fields = new WireReader(file);
        while (!fields.IsAtEnd)
        {
            var start = file.Length - fields.Left;
            if (!fields.TryRead())
                return null;
            if (fields.Kind != WireKind.Bytes)
                continue;
            if (fields.Field == ProducerName)
                origin.Producer = Text(fields.Content);
            else if (fields.Field == Graph)
                origin._hasGraph = true;
            else if (fields.Field == MetadataProps && !origin.TryAdd(fields.Content, (start, file.Length - fields.Left)))
                return null;
        }
        return origin._hasGraph ? origin : null;
    }

    /// <summary>Whether the checksum is that of all bytes but its own entry's.</summary>
    public bool IsIntact(ReadOnlySpan<byte> file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[.._checksumEntry.Start]);
        hash.AppendData(file[_checksumEntry.End..]);
        return _checksums == 1 && Convert.ToHexStringLower(hash.GetHashAndReset()) == _checksum;
    }

    private bool TryAdd(ReadOnlySpan<byte> entry, (int, int) place)
    {
        var (key, value) = ("", "");
        var fields = new WireReader(entry);
        while (!fields.IsAtEnd)
        {
            if (!fields.TryRead())
                return false;
            if (fields.Kind == WireKind.Bytes && fields.Field == Key)
                key = Text(fields.Content);
            else if (fields.Kind == WireKind.Bytes && fields.Field == Value)
                value = Text(fields.Content);
        }
        switch (key)
        {
            case MetadataKeys.Format:
                Format ??= value;
                break;
            case MetadataKeys.Graph:
                Kind ??= value;
                break;
            case MetadataKeys.Model:
                HasInfo = true;
                break;
            case MetadataKeys.Checksum:
                _checksums++;
                (_checksum, _checksumEntry) = (value, place);
                break;
        }
        return true;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestText)]);
}
