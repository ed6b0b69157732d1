using Google.Protobuf;
using MLNet.Vae.Calibration;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>
/// The graph that stock ML.NET runs after a pipeline was loaded: one row at a time, tensors named as the columns, vectors of rank 1.
/// It holds the scorer under prefixed names, so that it can be read back as the model.
/// </summary>
internal static class PipelineGraph
{
    public const string Name = "pipeline";

    private const string ModelPrefix = PipelineColumns.GraphPrefix + "model/";
    private const string OwnPrefix = PipelineColumns.GraphPrefix + "pipeline/";
    private const string TokenNumbers = OwnPrefix + "tokens";
    private const int DetectionWidth = 2;

    /// <param name="model">The whole model, or the encoder of an incomplete one.</param>
    /// <param name="info">Names the columns.</param>
    /// <param name="vectors">The columns that it adds.</param>
    /// <param name="needsDecoder">Whether any column does.</param>
    /// <param name="detects">Whether it gives <see cref="PipelineColumns.Detection"/> too.</param>
    /// <param name="hasLabel">Whether it gives <see cref="PipelineColumns.LabelVector"/> too.</param>
    /// <param name="hasPValue">Whether it gives <see cref="PipelineColumns.PValueVector"/> too.</param>
    /// <param name="hasClass">Whether it gives <see cref="PipelineColumns.ClassVector"/> too.</param>
    /// <returns>
    /// The graph, and what of the model it leaves out because no column needs it: ONNX Runtime runs every node of a graph, so a graph
    /// for embeddings must not contain the decoder.
    /// </returns>
    public static (GraphProto Graph, GraphProto? LeftOut) Write(
        GraphProto model, VaeModelInfo info, IReadOnlyList<PipelineVector> vectors, bool needsDecoder, bool detects, bool hasLabel = false,
        bool hasPValue = false, bool hasClass = false)
    {
        var run = GraphCut.Cut(model, needsDecoder ? GraphInterface.Scorer : GraphInterface.Encoder, info);

        var inputs = PipelineColumns.Inputs(info);
        var graph = new GraphBuilder(GraphNames.Renamed(
            run, n => inputs.FirstOrDefault(i => i.Tensor == n) is { } input ? Read(input) : ModelPrefix + n));
        // Before the model, which reads them.
        var tokens = new GraphBuilder();
        foreach (var input in inputs.Where(input => input.Tokens > 0))
            Numbers(tokens, input);
        graph = new GraphBuilder(GraphCut.Join(tokens.Build(), graph.Build()));
        var outputs = new List<ValueInfoProto>();
        foreach (var vector in vectors)
            outputs.Add(Flatten(graph, vector.Column, ModelPrefix + vector.Tensor, vector.Width));
        if (detects)
        {
            var label = Label(graph, info.Threshold);
            var detection = graph.Node(
                "Concat", $"{OwnPrefix}detection", [ModelPrefix + TensorNames.Score, label], GraphBuilder.Attribute("axis", 1));
            outputs.Add(Flatten(graph, PipelineColumns.Detection, detection, DetectionWidth));
            if (hasLabel)
                outputs.Add(Flatten(graph, PipelineColumns.LabelVector, label, 1));
        }
        if (hasPValue)
        {
            var pValue = graph.PValue($"{OwnPrefix}p_value", ModelPrefix + TensorNames.Score, info.Calibration!);
            outputs.Add(Flatten(graph, PipelineColumns.PValueVector, pValue, 1));
        }
        if (hasClass)
            outputs.Add(Flatten(graph, PipelineColumns.ClassVector, ModelPrefix + TensorNames.Class, 1));
        AddSlotNames(graph, vectors);
        var read = inputs.Select(i => GraphInterface.Fixed(i.Name, 1, i.Width * Math.Max(1, i.Tokens)));
        return (graph.Build(Name, read, outputs), GraphCut.Rest(model, run));
    }

    /// <summary>The model that <see cref="Write"/> was given.</summary>
    public static GraphProto Read(GraphProto pipeline, GraphProto? rest, VaeModelInfo info)
    {
        var inputs = PipelineColumns.Inputs(info);
        var run = GraphNames.Renamed(
            new GraphProto
            {
                Node = { pipeline.Node.Where(n => IsOfModel(n.Name)) },
                Initializer = { pipeline.Initializer.Where(i => IsOfModel(i.Name)) },
            },
            n => IsOfModel(n) ? n[ModelPrefix.Length..] : inputs.FirstOrDefault(i => Read(i) == n)?.Tensor ?? n);
        return GraphCut.Join(run, rest);
    }

    /// <summary>The tensor that the model reads of an input.</summary>
    private static string Read(PipelineInput input) => input.Tokens > 0 ? TokenNumbers : input.Name;

    /// <summary>
    /// One-hot vectors of a sequence, side by side, as numbers of its tokens: <c>[1, length·tokens]</c> → <c>[1, length]</c>.
    /// </summary>
    private static void Numbers(GraphBuilder graph, PipelineInput input)
    {
        var oneHot = graph.Node(
            "Reshape", $"{OwnPrefix}one_hot", input.Name, graph.Indices($"{OwnPrefix}one_hot.shape", 1, input.Width, input.Tokens));
        float[] numbers = [.. Enumerable.Range(1, input.Tokens).Select(token => (float)token)];
        var numbered = graph.Node("Mul", $"{OwnPrefix}numbered", oneHot, graph.Constant($"{OwnPrefix}numbers", numbers, input.Tokens));
        graph.Node(
            "ReduceSum", TokenNumbers, [numbered, graph.Indices($"{OwnPrefix}numbers.axis", 2)], GraphBuilder.Attribute("keepdims", 0L));
    }

    private static bool IsOfModel(string name) => name.StartsWith(ModelPrefix, StringComparison.Ordinal);

    /// <summary><c>[1, width]</c> → <c>[width]</c>, so that the column's type is a vector and not a matrix of one row.</summary>
    private static ValueInfoProto Flatten(GraphBuilder graph, string column, string tensor, int width)
    {
        graph.Node("Reshape", column, tensor, graph.Indices($"{OwnPrefix}shape/{column}", width));
        return GraphInterface.Fixed(column, width);
    }

    /// <summary>Whether a score lies above the threshold, as a number, <c>[1, 1]</c>.</summary>
    private static string Label(GraphBuilder graph, double? threshold) => threshold is { } value
        ? graph.ToSingle($"{OwnPrefix}label", IsAbove(graph, $"{OwnPrefix}is_above", ModelPrefix + TensorNames.Score, value))
        : graph.Constant($"{OwnPrefix}label", [0f], 1, 1);

    /// <summary>Whether each score lies above the threshold; NaN does.</summary>
    public static string IsAbove(GraphBuilder graph, string y, string score, double threshold)
    {
        var limit = graph.Constant($"{OwnPrefix}threshold", LargestSingleUpTo(threshold));
        // Not "Greater", for NaN.
        var isNormal = graph.Node("LessOrEqual", $"{OwnPrefix}is_normal", score, limit);
        return graph.Node("Not", y, isNormal);
    }

    /// <summary>A float32 lies above it if, and only if, it lies above the float64 <paramref name="value"/>.</summary>
    private static float LargestSingleUpTo(double value)
    {
        var single = (float)value;
        return single > value ? MathF.BitDecrement(single) : single;
    }

    /// <summary>
    /// Stock ML.NET reads slot names from the attribute <c>keys_strings</c> of a node called "mlnet.(column).SlotNames"; the operator
    /// that has such an attribute is LabelEncoder. Nothing uses what it computes.
    /// </summary>
    public static void AddSlotNames(GraphBuilder graph, IEnumerable<PipelineVector> vectors)
    {
        const string Unused = OwnPrefix + "slot_names";
        PipelineVector[] named = [.. vectors.Where(v => v.SlotNames is not null)];
        if (named.Length == 0)
            return;
        graph.Constant(Unused, "");
        foreach (var (column, _, _, slotNames) in named)
        {
            graph.Node(new NodeProto
            {
                Name = $"mlnet.{column}.SlotNames",
                OpType = "LabelEncoder",
                Domain = ModelFile.MachineLearningDomain,
                Input = { Unused },
                Output = { $"{Unused}/{column}" },
                Attribute =
                {
                    new AttributeProto
                    {
                        Name = "keys_strings",
                        Type = AttributeProto.Types.AttributeType.Strings,
                        Strings = { slotNames!.Select(ByteString.CopyFromUtf8) },
                    },
                    new AttributeProto
                    {
                        Name = "values_int64s",
                        Type = AttributeProto.Types.AttributeType.Ints,
                        Ints = { slotNames!.Select((_, i) => (long)i) },
                    },
                },
            });
        }
    }
}
