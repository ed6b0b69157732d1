using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>Cuts a smaller graph out of the scorer: what its outputs need, as far back as its inputs.</summary>
internal static class GraphCut
{
    /// <summary>Nodes and constants keep their order and are shared with <paramref name="scorer"/>, which is never changed.</summary>
    public static GraphProto Cut(GraphProto scorer, VaeGraph graph, VaeModelInfo info)
    {
        var inputs = GraphInterface.Inputs(graph, info);
        var outputs = GraphInterface.Outputs(graph, info);
        var (nodes, initializers) = Needed(scorer, [.. inputs.Select(i => i.Name)], outputs.Select(o => o.Name));
        return new GraphProto
        {
            Name = GraphInterface.NameOf(graph),
            Node = { nodes },
            Initializer = { initializers },
            Input = { inputs },
            Output = { outputs },
        };
    }

    private static (List<NodeProto> Nodes, List<TensorProto> Initializers) Needed(
        GraphProto graph, HashSet<string> given, IEnumerable<string> outputs)
    {
        var needed = outputs.ToHashSet();
        var nodes = new List<NodeProto>();
        foreach (var node in graph.Node.Reverse())
        {
            if (!node.Output.Any(o => needed.Contains(o) && !given.Contains(o)))
                continue;
            nodes.Add(node);
            needed.UnionWith(node.Input);
        }
        nodes.Reverse();
        return (nodes, [.. graph.Initializer.Where(i => needed.Contains(i.Name))]);
    }
}
