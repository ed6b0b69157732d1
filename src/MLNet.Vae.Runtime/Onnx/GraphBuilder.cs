using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>Collects nodes and constants. Every method returns the name of the tensor it made, so that formulas nest.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto _graph;
    private readonly HashSet<string> _named;
    private readonly string _scope;
    private readonly string _nodePrefix;

    public GraphBuilder() : this(new GraphProto())
    {
    }

    /// <summary>Adds to nodes and constants that are there.</summary>
    public GraphBuilder(GraphProto graph) : this(graph, [], "", "")
    {
    }

    private GraphBuilder(GraphProto graph, HashSet<string> named, string scope, string nodePrefix)
        => (_graph, _named, _scope, _nodePrefix) = (graph, named, scope, nodePrefix);

    /// <summary>The tensor (S, 1), <c>[2]</c>, that says how many samples <see cref="GraphFormulas.PerSample"/> makes of a row.</summary>
    public string Repeats { get; private init; } = TensorNames.Repeats;

    /// <summary>Adds to the same graph, with another <see cref="Repeats"/>.</summary>
    public GraphBuilder Repeating(string repeats) => new(_graph, _named, _scope, _nodePrefix) { Repeats = repeats };

    /// <summary>Adds to the same graph; nodes and constants that it makes have <paramref name="prefix"/> before their names.</summary>
    public GraphBuilder Scope(string prefix) => new(_graph, _named, _scope + prefix, _nodePrefix) { Repeats = Repeats };

    /// <summary>
    /// Adds to the same graph, with <paramref name="prefix"/> before the name of each node, so that a formula can be written a second time
    /// for other inputs. Constants keep their names and are shared.
    /// </summary>
    public GraphBuilder Within(string prefix) => new(_graph, _named, _scope, _nodePrefix + prefix) { Repeats = Repeats };

    /// <summary>A constant of a name that is there already is that one.</summary>
    public string Constant(string name, float[] values, params long[] shape)
        => Constant(name, new TensorProto
        {
            DataType = (int)TensorProto.Types.DataType.Float,
            Dims = { shape },
            RawData = LittleEndian(values),
        });

    /// <summary>A tensor of rank 0, which broadcasts against anything.</summary>
    public string Constant(string name, float value) => Constant(name, [value]);

    public string Constant(string name, string value)
        => Constant(name, new TensorProto
        {
            DataType = (int)TensorProto.Types.DataType.String,
            Dims = { 1 },
            StringData = { ByteString.CopyFromUtf8(value) },
        });

    /// <summary>Of double precision, for formulas whose terms cancel: of rank 0, or <c>[values]</c> where there are several.</summary>
    public string Double(string name, params double[] values)
        => Constant(name, new TensorProto
        {
            DataType = (int)TensorProto.Types.DataType.Double,
            Dims = { values.Length == 1 ? Array.Empty<long>() : [values.Length] },
            RawData = LittleEndian(values),
        });

    /// <summary>Axes or a shape, <c>[values]</c>.</summary>
    public string Indices(string name, params long[] values)
        => Constant(name, new TensorProto
        {
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { values.Length },
            RawData = LittleEndian(values),
        });

    /// <summary>A node of one output, whose name it shares.</summary>
    public string Node(string operation, string output, params string[] inputs) => Node(operation, output, inputs, []);

    public string Node(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        var name = _nodePrefix + _scope + output;
        Node(new() { Name = name, OpType = operation, Input = { inputs }, Output = { name }, Attribute = { attributes } });
        return name;
    }

    /// <summary>A node of several outputs.</summary>
    /// <returns>Their names, in their order.</returns>
    public string[] Node(string operation, string[] outputs, string[] inputs, params AttributeProto[] attributes)
    {
        string[] names = [.. outputs.Select(output => _nodePrefix + _scope + output)];
        Node(new() { Name = names[0], OpType = operation, Input = { inputs }, Output = { names }, Attribute = { attributes } });
        return names;
    }

    /// <summary>The numbers of x, whatever their type, as float32.</summary>
    public string ToSingle(string y, string x) => Node("Cast", y, [x], Attribute("to", (long)TensorProto.Types.DataType.Float));

    /// <summary>The numbers of x, whatever their type, as float64.</summary>
    public string ToDouble(string y, string x) => Node("Cast", y, [x], Attribute("to", (long)TensorProto.Types.DataType.Double));

    public void Node(NodeProto node) => _graph.Node.Add(node);

    /// <summary>
    /// <c>[N, sum of widths]</c> → <c>[N, width]</c> each, from left to right. Those of a name that are there already are those.
    /// </summary>
    public string[] Split(string name, string x, params int[] widths)
    {
        var node = _nodePrefix + _scope + name;
        string[] outputs = [.. widths.Select((_, i) => $"{node}.{i}")];
        if (_named.Add(node))
        {
            var sizes = Indices($"{name}.widths", [.. widths.Select(width => (long)width)]);
            Node(new() { Name = node, OpType = "Split", Input = { x, sizes }, Output = { outputs }, Attribute = { Attribute("axis", 1) } });
        }
        return outputs;
    }

    public static AttributeProto Attribute(string name, long value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, float value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Attribute(string name, long[] values)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>The values of a constant that was written here.</summary>
    public static float[] Floats(TensorProto constant)
    {
        var bytes = constant.RawData.Span;
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    /// <summary>Nodes and constants alone.</summary>
    public GraphProto Build() => _graph;

    public GraphProto Build(string name, IEnumerable<ValueInfoProto> inputs, IEnumerable<ValueInfoProto> outputs)
    {
        _graph.Name = name;
        _graph.Input.Add(inputs);
        _graph.Output.Add(outputs);
        return _graph;
    }

    private string Constant(string name, TensorProto value)
    {
        value.Name = _scope + name;
        if (_named.Add(value.Name))
            _graph.Initializer.Add(value);
        return value.Name;
    }

    private static ByteString LittleEndian<T>(T[] values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes<T>(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            var size = Marshal.SizeOf<T>();
            for (var start = 0; start < bytes.Length; start += size)
                bytes.AsSpan(start, size).Reverse();
        }
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }
}
