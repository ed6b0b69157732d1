using System.Globalization;

namespace MLNet.Vae.Reading;

/// <summary>
/// Looks through the bytes of a file before a parser makes objects of them: they hold only the messages and fields that this library
/// writes, and no more messages than bytes can be meant for.
/// </summary>
/// <remarks>
/// So what could make a runtime read another file, or run something else than a list of operators, has no way in: external data, functions,
/// graphs inside nodes, sparse tensors, training. And a file of a few megabytes cannot become gigabytes of empty objects.
/// </remarks>
internal sealed class WireCheck
{
    // An object is some 200 bytes, the shortest message that is written 4, and most are longer than 40.
    private const int BytesPerMessage = 16, SpareMessages = 1000;

    private static readonly Message Entry = new("metadata", [Text(1), Text(2)]);

    private static readonly Message OperatorSet = new("operator set", [Text(1), Number(2)]);

    private static readonly Message Tensor = new(
        "tensor",
        [Number(1), new(1, WireKind.Bytes), Number(2), Text(6), Text(8), Text(9), Text(12)],
        new()
        {
            [4] = "numbers outside raw_data",
            [5] = "numbers outside raw_data",
            [7] = "numbers outside raw_data",
            [10] = "numbers outside raw_data",
            [13] = "external data, numbers in another file",
            [14] = "external data, numbers in another file",
        });

    private static readonly Message Attribute = new(
        "attribute",
        [Text(1), new(2, WireKind.Four), Number(3), Text(4), Number(8), new(8, WireKind.Bytes), Text(9), Text(13), Number(20)],
        new()
        {
            [5] = "a tensor",
            [6] = "a graph inside a node",
            [10] = "tensors",
            [11] = "graphs inside a node",
            [21] = "a reference into a function",
            [22] = "a sparse tensor",
            [23] = "sparse tensors",
        });

    private static readonly Message Node = new(
        "node", [Text(1), Text(2), Text(3), Text(4), new(5, WireKind.Bytes, Attribute), Text(6), Text(7)]);

    private static readonly Message Dimension = new("dimension", [Number(1), Text(2), Text(3)]);

    private static readonly Message Shape = new("shape", [new(1, WireKind.Bytes, Dimension)]);

    private static readonly Message TensorType = new("tensor type", [Number(1), new(2, WireKind.Bytes, Shape)]);

    private static readonly Message ValueType = new("type", [new(1, WireKind.Bytes, TensorType), Text(6)]);

    private static readonly Message Value = new("value", [Text(1), new(2, WireKind.Bytes, ValueType), Text(3)]);

    /// <summary>A GraphProto.</summary>
    public static readonly Message Graph = new(
        "graph",
        [
            new(1, WireKind.Bytes, Node),
            Text(2),
            new(5, WireKind.Bytes, Tensor),
            Text(10),
            new(11, WireKind.Bytes, Value),
            new(12, WireKind.Bytes, Value),
            new(13, WireKind.Bytes, Value),
        ],
        new() { [15] = "a sparse initializer" });

    /// <summary>A ModelProto: a whole file.</summary>
    public static readonly Message Model = new(
        "model",
        [
            Number(1),
            Text(2),
            Text(3),
            Text(4),
            Number(5),
            Text(6),
            new(7, WireKind.Bytes, Graph),
            new(8, WireKind.Bytes, OperatorSet),
            new(14, WireKind.Bytes, Entry),
        ],
        new() { [20] = "training information", [25] = "a function of its own" });

    private int _messagesLeft;

    /// <summary>
    /// What is wrong, such as "its tensor holds external data"; <see langword="null"/>: nothing. <paramref name="isWhole"/> is false where
    /// the bytes are no message at all, or are cut off.
    /// </summary>
    public static string? Fault(Message message, ReadOnlySpan<byte> bytes, out bool isWhole)
    {
        var check = new WireCheck { _messagesLeft = SpareMessages + (bytes.Length / BytesPerMessage) };
        var fault = check.FaultOf(message, bytes);
        isWhole = fault is not "";
        return isWhole ? fault : null;
    }

    /// <returns>Empty: the bytes are no message.</returns>
    private string? FaultOf(Message message, ReadOnlySpan<byte> bytes)
    {
        if (--_messagesLeft < 0)
            return "it holds more messages than its bytes can be meant for";
        var fields = new WireReader(bytes);
        while (!fields.IsAtEnd)
        {
            if (!fields.TryRead())
                return "";
            if (message.Find(fields.Field, fields.Kind) is not { } field)
                return $"its {message.Name} holds {message.NameOf(fields.Field)}, which this library does not write";
            if (field.Of is { } inner && FaultOf(inner, fields.Content) is { } fault)
                return fault;
        }
        return null;
    }

    private static Field Number(int number) => new(number, WireKind.Number);

    private static Field Text(int number) => new(number, WireKind.Bytes);

    /// <summary>A field that is allowed, and the message that it holds, if one.</summary>
    internal sealed record Field(int Number, WireKind Kind, Message? Of = null);

    /// <param name="name">What a person calls it.</param>
    /// <param name="fields">Those that are allowed.</param>
    /// <param name="known">What others are, that ONNX has too.</param>
    internal sealed class Message(string name, Field[] fields, Dictionary<int, string>? known = null)
    {
        public string Name => name;

        public Field? Find(int number, WireKind kind)
        {
            foreach (var field in fields)
            {
                if (field.Number == number && field.Kind == kind)
                    return field;
            }
            return null;
        }

        public string NameOf(int number) => known?.GetValueOrDefault(number)
            ?? $"{(Array.Exists(fields, field => field.Number == number) ? "another kind of value in " : "")}the field "
            + number.ToString(CultureInfo.InvariantCulture);
    }
}
