using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>
/// A file in the safetensors format (huggingface/safetensors): the length of a header, 64 bits, little-endian; the header, JSON, which
/// gives type, shape and place of each tensor, and texts by name; the values. Python's <c>safetensors</c> opens it too.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const string Metadata = "__metadata__", Checksum = "checksum";

    // The header is filled up with spaces, so that the values begin at a multiple of this.
    private const int Alignment = 8;

    // The largest header that the format allows.
    private const int MaximumHeader = 100_000_000;

    // Values of a tensor that are handled at a time: a span holds no more bytes than an int counts.
    private const long ChunkElements = 1 << 26;

    private readonly Stream _stream;
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly long _start;

    private SafetensorsFile(Stream stream)
    {
        _stream = stream;
        var prefix = new byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeader || (long)length > stream.Length - prefix.Length)
            throw new InvalidDataException("it ends within its header");
        var header = new byte[length];
        stream.ReadExactly(header);
        _start = stream.Position;

        using var json = JsonDocument.Parse(header);
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (property.Name == Metadata)
                Values = property.Value.Deserialize<Dictionary<string, string>>() ?? Values;
            else if (property.Value.Deserialize<Entry>() is { Type: not null, Shape: not null, Offsets: [>= 0, >= 0] } entry)
                _entries.Add(property.Name, entry);
            else
                throw new InvalidDataException($"the header says nothing of the tensor '{property.Name}'");
        }
        if (stream.Length != _start + _entries.Values.Select(entry => entry.Offsets[1]).DefaultIfEmpty(0).Max())
            throw new InvalidDataException("it does not end where its last tensor ends");
        var checksum = Begin(Values);
        checksum.Append(stream);
        if (Text(checksum) != Values.GetValueOrDefault(Checksum))
            throw new InvalidDataException("its checksum does not match");
    }

    /// <summary>The texts of its header.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>();

    /// <exception cref="InvalidDataException">It is cut off or damaged; the message says how, as the end of a sentence.</exception>
    public static SafetensorsFile Open(string path)
        => Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));

    /// <param name="stream">Disposed with the result, and where there is none.</param>
    /// <inheritdoc cref="Open(string)"/>
    public static SafetensorsFile Open(Stream stream)
    {
        try
        {
            return new(stream);
        }
        catch (Exception fault)
        {
            stream.Dispose();
            if (fault is EndOfStreamException or JsonException)
                throw new InvalidDataException("its header is not what it should be", fault);
            throw;
        }
    }

    public static void Write(
        Stream to,
        IReadOnlyDictionary<string, string> values,
        IReadOnlyList<(string Name, Tensor Value)> tensors
    )
    {
        using var scope = NewDisposeScope();
        var local = tensors.Select(tensor => (tensor.Name, Value: tensor.Value.detach().cpu().contiguous())).ToList();
        var checksum = Begin(values);
        var header = new Dictionary<string, object>();
        var offset = 0L;
        foreach (var (name, value) in local)
        {
            var end = offset + value.numel() * value.element_size();
            header.Add(name, new Entry(TypeOf(value), value.shape, [offset, end]));
            offset = end;
            Each(value, bytes => checksum.Append(bytes));
        }
        header.Add(Metadata, new Dictionary<string, string>(values) { [Checksum] = Text(checksum) });

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var padding = (Alignment - json.Length % Alignment) % Alignment;
        var prefix = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)(json.Length + padding));
        to.Write(prefix);
        to.Write(json);
        to.Write("        "u8[..padding]);
        foreach (var (_, value) in local)
            Each(value, bytes => to.Write(bytes));
    }

    /// <summary>Sizes of the tensor of this name; <see langword="null"/>: there is none.</summary>
    public IReadOnlyList<long>? Shape(string name) => _entries.GetValueOrDefault(name)?.Shape;

    /// <summary>Overwrites the values of a tensor, wherever it lives, with those of this name.</summary>
    /// <exception cref="InvalidDataException">There is none of this name, type and shape.</exception>
    public void Read(string name, Tensor into)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"it has no tensor '{name}'");
        if (entry.Type != TypeOf(into) || !entry.Shape.SequenceEqual(into.shape))
            throw new InvalidDataException($"its tensor '{name}' is of another size");
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var local = empty(into.shape, into.dtype);
        _stream.Position = _start + entry.Offsets[0];
        Each(local, bytes => _stream.ReadExactly(bytes));
        into.copy_(local);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>The checksum of the texts, which goes on with the values.</summary>
    private static XxHash128 Begin(IReadOnlyDictionary<string, string> values)
    {
        var checksum = new XxHash128();
        foreach (var (name, value) in values.Where(text => text.Key != Checksum))
            checksum.Append(JsonSerializer.SerializeToUtf8Bytes(new[] { name, value }));
        return checksum;
    }

    private static void Each(Tensor contiguous, Action<Span<byte>> action)
    {
        var flat = contiguous.view(-1);
        for (var start = 0L; start < flat.numel(); start += ChunkElements)
            action(flat.narrow(0, start, Math.Min(ChunkElements, flat.numel() - start)).bytes);
    }

    private static string TypeOf(Tensor value) => value.dtype switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Byte => "U8",
        var other => throw new NotSupportedException($"Tensors of {other} are not written."),
    };

    private static string Text(XxHash128 checksum) => Convert.ToHexStringLower(checksum.GetCurrentHash());

    /// <param name="Type">As the format names it.</param>
    /// <param name="Shape">Sizes.</param>
    /// <param name="Offsets">First byte and the one behind the last, counted from the end of the header.</param>
    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] long[] Shape,
        [property: JsonPropertyName("data_offsets")] long[] Offsets
    );
}
