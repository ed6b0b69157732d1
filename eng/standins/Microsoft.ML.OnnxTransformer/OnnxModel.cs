using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An input or output of a model; an unknown first dimension is 1, any other unknown one 0.</summary>
internal sealed record OnnxNode(PrimitiveDataViewType ItemType, int[] Shape, DataViewType Type)
{
    public static OnnxNode Of(NodeMetadata metadata)
    {
        var item = PrimitiveTypes.Of(metadata.ElementType);
        int[] shape = [.. metadata.Dimensions.Select((size, i) => size > 0 ? size : i == 0 ? 1 : 0)];
        DataViewType type = shape.Length == 0 ? item : shape.Contains(0) ? new VectorDataViewType(item) : new VectorDataViewType(item, shape);
        return new OnnxNode(item, shape, type);
    }
}

/// <summary>A session and what it takes and gives.</summary>
internal sealed class OnnxModel : IDisposable
{
    private const string SlotNamesPrefix = "mlnet.";
    private const string SlotNamesSuffix = ".SlotNames";
    private const string SlotNamesAttribute = "keys_strings";

    public OnnxModel(byte[] bytes, int? gpuDeviceId, bool fallbackToCpu)
    {
        Bytes = bytes;
        Session = Open(bytes, gpuDeviceId, fallbackToCpu);
        Inputs = Session.InputMetadata.ToDictionary(pair => pair.Key, pair => OnnxNode.Of(pair.Value));
        Outputs = Session.OutputMetadata.ToDictionary(pair => pair.Key, pair => OnnxNode.Of(pair.Value));
        SlotNames = Fields(new CodedInputStream(bytes), OnnxField.ModelGraph).SelectMany(graph => Fields(graph, OnnxField.GraphNode))
            .Select(ReadNode).Where(node => node.Names is not null).ToDictionary(node => node.Column, node => node.Names);
    }

    public byte[] Bytes { get; }
    public InferenceSession Session { get; }
    public IReadOnlyDictionary<string, OnnxNode> Inputs { get; }
    public IReadOnlyDictionary<string, OnnxNode> Outputs { get; }
    public IReadOnlyDictionary<string, string[]> SlotNames { get; }

    public OnnxNode Input(string name) => Inputs.TryGetValue(name, out var node) ? node
        : throw Unknown(name, $"Input tensor, {name}, does not exist in the ONNX model. Available input names are [{string.Join(",", Inputs.Keys)}].");

    public OnnxNode Output(string name) => Outputs.TryGetValue(name, out var node) ? node
        : throw Unknown(name, $"Output tensor, {name}, does not exist in the ONNX model. Available output names are [{string.Join(",", Outputs.Keys)}].");

    public void Dispose() => Session.Dispose();

    private static Exception Unknown(string name, string message) => Contracts.Mark(new ArgumentOutOfRangeException(nameof(name), name, message));

    private static InferenceSession Open(byte[] bytes, int? gpuDeviceId, bool fallbackToCpu)
    {
        if (gpuDeviceId is { } device)
        {
            try
            {
                return new InferenceSession(bytes, SessionOptions.MakeSessionOptionWithCudaProvider(device));
            }
            catch (OnnxRuntimeException) when (fallbackToCpu)
            {
            }
        }
        return new InferenceSession(bytes);
    }

    private static (string Column, string[] Names) ReadNode(CodedInputStream node)
    {
        string name = null;
        string[] names = null;
        while (node.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == OnnxField.NodeName)
                name = node.ReadString();
            else if (WireFormat.GetTagFieldNumber(tag) == OnnxField.NodeAttribute)
                names = ReadStrings(node.ReadBytes().CreateCodedInput()) ?? names;
            else
                node.SkipLastField();
        }
        return name is not null && name.StartsWith(SlotNamesPrefix, StringComparison.Ordinal) && name.EndsWith(SlotNamesSuffix, StringComparison.Ordinal)
            ? (name[SlotNamesPrefix.Length..^SlotNamesSuffix.Length], names)
            : default;
    }

    private static string[] ReadStrings(CodedInputStream attribute)
    {
        string name = null;
        var strings = new List<string>();
        while (attribute.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == OnnxField.AttributeName)
                name = attribute.ReadString();
            else if (WireFormat.GetTagFieldNumber(tag) == OnnxField.AttributeStrings)
                strings.Add(attribute.ReadString());
            else
                attribute.SkipLastField();
        }
        return name == SlotNamesAttribute ? [.. strings] : null;
    }

    private static IEnumerable<CodedInputStream> Fields(CodedInputStream message, int number)
    {
        while (message.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number)
                yield return message.ReadBytes().CreateCodedInput();
            else
                message.SkipLastField();
        }
    }

    /// <summary>Field numbers of the ONNX schema.</summary>
    private static class OnnxField
    {
        public const int ModelGraph = 7;
        public const int GraphNode = 1;
        public const int NodeName = 3;
        public const int NodeAttribute = 5;
        public const int AttributeName = 1;
        public const int AttributeStrings = 9;
    }
}
