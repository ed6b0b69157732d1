using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Reading;

namespace MLNet.Vae.Tests.Reading;

/// <summary>Changes of a model as somebody makes them who knows what a file means.</summary>
internal static class ModelMutations
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 3, 7, 64, 1000, 1 << 20, 1 << 30, int.MaxValue, int.MinValue, 1L << 40, long.MaxValue, long.MinValue,
    ];

    private static readonly JsonSerializerOptions Infinities = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly string[] OperatorNames =
    [
        .. Operators.Names, "Loop", "If", "Scan", "ConstantOfShape", "Constant", "Expand", "Range", "Resize", "Pad", "RandomNormal",
        "MatMul", "SequenceEmpty", "StringNormalizer", "NonZero", "TopK", "",
    ];

    /// <param name="random">Chooses.</param>
    /// <param name="onnx">A file that is as it was written.</param>
    /// <param name="isSealed">Whether the changed file has a checksum that is right.</param>
    public static byte[] Of(Random random, byte[] onnx, out bool isSealed)
    {
        var file = ModelProto.Parser.ParseFrom(onnx);
        for (var i = random.Next(1, 4); i > 0; i--)
            Change(random, file);
        if (isSealed = random.Next(4) > 0)
            return ChangedModel.Sealed(file);
        // Of a writer of another name no checksum is asked.
        isSealed = file.ProducerName != ModelFile.Producer;
        return file.ToByteArray();
    }

    private static void Change(Random random, ModelProto file)
    {
        if (file.Graph is null)
            return;
        switch (random.Next(10))
        {
            case 0:
                ChangeMetadata(random, file);
                break;
            case 1:
                ChangeInfo(random, file);
                break;
            case 2:
                ChangeRest(random, file);
                break;
            case 3:
                ChangeFile(random, file);
                break;
            default:
                ChangeGraph(random, file.Graph);
                break;
        }
    }

    private static void ChangeFile(Random random, ModelProto file)
    {
        switch (random.Next(5))
        {
            case 0 when file.OpsetImport.Count > 0:
                Any(random, file.OpsetImport).Version = random.Next(30);
                break;
            case 1 when file.OpsetImport.Count > 0:
                Any(random, file.OpsetImport).Domain = random.Next(2) == 0 ? "com.microsoft" : ModelFile.MachineLearningDomain;
                break;
            case 2:
                file.IrVersion = Any(random, Numbers);
                break;
            case 3:
                file.ProducerName = random.Next(2) == 0 ? "" : "somebody";
                break;
            default:
                file.Graph.Name = "";
                break;
        }
    }

    private static void ChangeMetadata(Random random, ModelProto file)
    {
        if (file.MetadataProps.Count == 0)
            return;
        var entry = Any(random, file.MetadataProps);
        switch (random.Next(4))
        {
            case 0:
                file.MetadataProps.Remove(entry);
                break;
            case 1:
                file.MetadataProps.Add(entry.Clone());
                break;
            case 2:
                entry.Value = entry.Value[..random.Next(entry.Value.Length + 1)];
                break;
            default:
                entry.Value = Any(random, file.MetadataProps).Value;
                break;
        }
    }

    /// <summary>A value of the metadata, wherever in it.</summary>
    private static void ChangeInfo(Random random, ModelProto file)
    {
        if (file.MetadataProps.FirstOrDefault(entry => entry.Key == MetadataKeys.Model) is not { } entry || !entry.Value.StartsWith('{'))
            return;
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(entry.Value);
        }
        catch (JsonException)
        {
            return;
        }
        var values = Within(root!).ToArray();
        if (values.Length == 0)
            return;
        var node = Any(random, values);
        JsonNode? changed = random.Next(6) switch
        {
            0 => null,
            1 => JsonValue.Create(Any(random, Numbers)),
            2 => JsonValue.Create(Any(random, ["", "NaN", "Infinity", "Features", "vae/x", "Hierarchical", "VectorQuantized", "Key"])),
            3 => new JsonArray(),
            4 => new JsonObject(),
            _ => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-300, 300))),
        };
        switch (node.Parent)
        {
            case JsonArray array when random.Next(3) == 0:
                array.Add(changed);
                break;
            case JsonArray array:
                array[array.IndexOf(node)] = changed;
                break;
            case JsonObject parent when random.Next(4) == 0:
                parent.Remove(node.GetPropertyName());
                break;
            case JsonObject parent:
                parent[node.GetPropertyName()] = changed;
                break;
        }
        entry.Value = root!.ToJsonString(Infinities);
    }

    private static IEnumerable<JsonNode> Within(JsonNode node) => node switch
    {
        JsonObject parent => parent.Select(member => member.Value).OfType<JsonNode>().SelectMany(child => Within(child).Prepend(child)),
        JsonArray array => array.OfType<JsonNode>().SelectMany(child => Within(child).Prepend(child)),
        _ => [],
    };

    private static void ChangeRest(Random random, ModelProto file)
    {
        if (file.MetadataProps.FirstOrDefault(entry => entry.Key == MetadataKeys.Rest) is not { } entry)
            return;
        try
        {
            var rest = GraphProto.Parser.ParseFrom(ByteString.FromBase64(entry.Value));
            ChangeGraph(random, rest);
            entry.Value = rest.ToByteString().ToBase64();
        }
        catch (Exception error) when (error is FormatException or InvalidProtocolBufferException)
        {
            // An earlier change has spoilt it.
        }
    }

    private static void ChangeGraph(Random random, GraphProto graph)
    {
        if (graph.Initializer.Count > 0 && random.Next(3) == 0)
        {
            ChangeConstant(random, Any(random, graph.Initializer));
            return;
        }
        if (graph.Node.Count == 0)
            return;
        var node = Any(random, graph.Node);
        switch (random.Next(13))
        {
            case 0:
                node.OpType = Any(random, OperatorNames);
                break;
            case 1:
                node.Domain = random.Next(2) == 0 ? "com.microsoft" : ModelFile.MachineLearningDomain;
                break;
            case 2 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = AnyTensor(random, graph);
                break;
            case 3:
                node.Input.Add(AnyTensor(random, graph));
                break;
            case 4 when node.Input.Count > 0:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 5:
                node.Output.Add(AnyTensor(random, graph));
                break;
            case 6:
                graph.Node.Remove(node);
                break;
            case 7:
                graph.Node.Insert(random.Next(graph.Node.Count + 1), node.Clone());
                break;
            case 8:
                (graph.Node[0], graph.Node[graph.Node.IndexOf(node)]) = (node, graph.Node[0]);
                break;
            case 9:
                Doubled(random, graph, node);
                break;
            case 10:
                var name = Any(random, ["axis", "keepdims", "axes", "to", "pads", "x"]);
                node.Attribute.Add(GraphBuilder.Attribute(name, Any(random, Numbers)));
                break;
            case 11:
                graph.Output.Clear();
                break;
            default:
                if (node.Attribute.Count > 0)
                    ChangeAttribute(random, Any(random, node.Attribute));
                break;
        }
    }

    /// <summary>What a node makes, side by side with itself, again and again.</summary>
    private static void Doubled(Random random, GraphProto graph, NodeProto node)
    {
        if (node.Output.Count == 0)
            return;
        var (made, at) = (node.Output[0], graph.Node.IndexOf(node) + 1);
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var name = $"{made}.doubled.{i}";
            graph.Node.Insert(at++, new()
            {
                Name = name,
                OpType = "Concat",
                Input = { made, made },
                Output = { name },
                Attribute = { GraphBuilder.Attribute("axis", 1) },
            });
            made = name;
        }
        var reader = Any(random, graph.Node);
        if (reader.Input.Count > 0)
            reader.Input[0] = made;
    }

    private static void ChangeAttribute(Random random, AttributeProto attribute)
    {
        switch (random.Next(5))
        {
            case 0:
                attribute.I = Any(random, Numbers);
                break;
            case 1 when attribute.Ints.Count > 0:
                attribute.Ints[random.Next(attribute.Ints.Count)] = Any(random, Numbers);
                break;
            case 2:
                attribute.Ints.Add(Any(random, Numbers));
                break;
            case 3:
                attribute.F = random.Next(2) == 0 ? float.NaN : float.MaxValue;
                break;
            default:
                attribute.Type = (AttributeProto.Types.AttributeType)random.Next(12);
                break;
        }
    }

    private static void ChangeConstant(Random random, TensorProto constant)
    {
        switch (random.Next(6))
        {
            case 0 when constant.Dims.Count > 0:
                constant.Dims[random.Next(constant.Dims.Count)] = Any(random, Numbers);
                break;
            case 1:
                constant.Dims.Insert(0, Any(random, [1L, 1, 1, 1000, 1 << 30]));
                break;
            case 2:
                constant.DataType = random.Next(17);
                break;
            case 3:
                constant.RawData = ByteString.CopyFrom(ByteMutations.Of(random, [.. constant.RawData, 0], [1, 2, 3]));
                break;
            case 4 when constant.RawData.Length >= sizeof(long):
                var bytes = constant.RawData.ToByteArray();
                BitConverter.TryWriteBytes(bytes.AsSpan(sizeof(long) * random.Next(bytes.Length / sizeof(long))), Any(random, Numbers));
                constant.RawData = ByteString.CopyFrom(bytes);
                break;
            default:
                constant.Name = $"{constant.Name}x";
                break;
        }
    }

    private static string AnyTensor(Random random, GraphProto graph) => random.Next(5) switch
    {
        0 => Any(random, ["features", "condition", "z", "noise", "repeats", "output_noise", "", "nothing"]),
        1 when graph.Initializer.Count > 0 => Any(random, graph.Initializer).Name,
        _ => Any(random, graph.Node).Output.FirstOrDefault() ?? "",
    };

    private static T Any<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static T Any<T>(Random random, Google.Protobuf.Collections.RepeatedField<T> list) => list[random.Next(list.Count)];
}
