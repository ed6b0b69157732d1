using System.Runtime.InteropServices;
using Google.Protobuf;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>
/// Writes a graph of ONNX's operators 9 to 12 as one of version 17: one file has one version. Source: the changelog of operators,
/// https://github.com/onnx/onnx/blob/main/docs/Changelog.md.
/// </summary>
internal static class OperatorUpgrade
{
    public const long From = 12;

    // These mean the same in all versions between; at most more types are allowed.
    private static readonly HashSet<string> Same =
    [
        "Abs", "Acos", "Add", "And", "ArgMax", "ArgMin", "Asin", "Atan", "BitShift", "Cast", "Ceil", "Clip", "Concat", "Constant",
        "ConstantOfShape", "Cos", "Cosh", "Div", "Elu", "Equal", "Erf", "Exp", "Expand", "Flatten", "Floor", "Gather", "GatherElements",
        "GatherND", "Gemm", "Greater", "GreaterOrEqual", "Identity", "IsInf", "IsNaN", "LeakyRelu", "Less", "LessOrEqual", "Log",
        "LpNormalization", "MatMul", "Max", "Mean", "Min", "Mod", "Mul", "Neg", "NonZero", "Not", "OneHot", "Or", "Pad", "Pow",
        "Reciprocal", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd",
        "ReduceSumSquare", "Relu", "Reshape", "Round", "Shape", "Sigmoid", "Sign", "Sin", "Sinh", "Slice", "Softplus", "Softsign", "Sqrt",
        "StringNormalizer", "Sub", "Sum", "Tan", "Tanh", "TfIdfVectorizer", "ThresholdedRelu", "Tile", "TopK", "Transpose", "Where", "Xor",
    ];

    // Since version 13 an input where there was an attribute.
    private static readonly Dictionary<string, string> Inputs = new()
    {
        ["ReduceSum"] = "axes",
        ["Split"] = "split",
        ["Squeeze"] = "axes",
        ["Unsqueeze"] = "axes",
    };

    /// <summary>Changes the graph.</summary>
    /// <returns>The operators that it is not known of whether they mean the same; where there are any, the graph is of no use.</returns>
    public static IReadOnlyList<string> Apply(GraphProto graph)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.Domain.Length == 0))
        {
            if (Inputs.TryGetValue(node.OpType, out var attribute))
                MakeInput(graph, node, attribute);
            else if (node.OpType is "Softmax" or "LogSoftmax" or "Hardmax")
                KeepAxis(node);
            else if (!Same.Contains(node.OpType))
                unknown.Add(node.OpType);
        }
        return [.. unknown];
    }

    private static void MakeInput(GraphProto graph, NodeProto node, string name)
    {
        if (node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is not { } given)
            return;
        node.Attribute.Remove(given);
        var constant = new TensorProto
        {
            Name = $"{node.Output[0]}/{name}",
            DataType = (int)TensorProto.Types.DataType.Int64,
            Dims = { given.Ints.Count },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>([.. given.Ints])),
        };
        graph.Initializer.Add(constant);
        node.Input.Add(constant.Name);
    }

    // Over all axes from this one on, 1 unless given; since version 13 over this one alone, the last unless given. Rows are of rank 2.
    private static void KeepAxis(NodeProto node)
    {
        if (node.Attribute.All(attribute => attribute.Name != "axis"))
            node.Attribute.Add(GraphBuilder.Attribute("axis", 1L));
    }
}
