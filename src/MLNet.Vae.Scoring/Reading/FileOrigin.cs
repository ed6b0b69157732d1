using System.Text;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Reading;

/// <summary>Whose an ONNX file is, from the outermost fields of its bytes: nothing is made of the graph.</summary>
/// <param name="Producer">Who it says wrote it; empty where it does not.</param>
/// <param name="Metadata">The entries of this library.</param>
internal sealed record FileOrigin(string Producer, IReadOnlyDictionary<string, string> Metadata)
{
    // Of ModelProto, and of the entries of its metadata.
    private const int ProducerName = 2, Graph = 7, MetadataProps = 14, Key = 1, Value = 2;

    // Format and graph are a few letters; whatever is longer is none of theirs.
    private const int LongestValue = 64;

    /// <summary>Whether this library wrote it, or another that keeps to its contract.</summary>
    public bool IsOurs => Metadata.ContainsKey(MetadataKeys.Format) || Producer == ModelFile.Producer;

    /// <summary>The graph that the file says it holds; <see langword="null"/>: it does not.</summary>
    public string? Kind => Metadata.GetValueOrDefault(MetadataKeys.Graph);

    /// <summary><see langword="null"/> where the bytes are no whole ONNX file.</summary>
    public static FileOrigin? Of(ReadOnlySpan<byte> file)
    {
        var (producer, hasGraph, metadata) = ("", false, new Dictionary<string, string>());
        var fields = new WireReader(file);
        while (!fields.IsAtEnd)
        {
            if (!fields.TryRead())
                return null;
            switch (fields.Field, fields.Kind)
            {
                case (ProducerName, WireKind.Bytes):
                    producer = Encoding.UTF8.GetString(fields.Content[..Math.Min(fields.Content.Length, LongestValue)]);
                    break;
                case (Graph, WireKind.Bytes):
                    hasGraph = true;
                    break;
                case (MetadataProps, WireKind.Bytes):
                    if (!TryAdd(metadata, fields.Content))
                        return null;
                    break;
            }
        }
        return hasGraph ? new(producer, metadata) : null;
    }

    private static bool TryAdd(Dictionary<string, string> metadata, ReadOnlySpan<byte> entry)
    {
        var (key, value) = ("", "");
        var fields = new WireReader(entry);
        while (!fields.IsAtEnd)
        {
            if (!fields.TryRead())
                return false;
            if (fields.Kind != WireKind.Bytes || fields.Content.Length > LongestValue)
                continue;
            if (fields.Field == Key)
                key = Encoding.UTF8.GetString(fields.Content);
            else if (fields.Field == Value)
                value = Encoding.UTF8.GetString(fields.Content);
        }
        if (key is MetadataKeys.Format or MetadataKeys.Graph)
            metadata.TryAdd(key, value);
        return true;
    }
}
