using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>
/// Takes the graph of a whole model apart. Nodes and constants keep their order and are shared with the whole, which is never changed.
/// </summary>
internal static class GraphCut
{
    /// <summary>What the outputs of one of the <see cref="GraphInterface"/>s need, as far back as its inputs.</summary>
    public static GraphProto Cut(GraphProto whole, string graph, VaeModelInfo info) =>
        Cut(whole, graph, info, GraphInterface.Outputs(graph, info));

    /// <summary>What these of its outputs need.</summary>
    public static GraphProto Cut(GraphProto whole, string graph, VaeModelInfo info, ValueInfoProto[] outputs)
    {
        var inputs = GraphInterface.Inputs(graph, info);
        var (nodes, initializers) = Needed(whole, [.. inputs.Select(i => i.Name)], outputs.Select(o => o.Name));
        return new GraphProto
        {
            Name = graph,
            Node = { nodes },
            Initializer = { initializers },
            Input = { inputs },
            Output = { outputs },
        };
    }

    /// <summary>What <paramref name="part"/> lacks of the whole; <see langword="null"/>: nothing.</summary>
    public static GraphProto? Rest(GraphProto whole, GraphProto part)
    {
        var nodes = part.Node.Select(n => n.Name).ToHashSet();
        var initializers = part.Initializer.Select(i => i.Name).ToHashSet();
        var rest = new GraphProto
        {
            Node = { whole.Node.Where(n => !nodes.Contains(n.Name)) },
            Initializer = { whole.Initializer.Where(i => !initializers.Contains(i.Name)) },
        };
        return rest.Node.Count + rest.Initializer.Count == 0 ? null : rest;
    }

    /// <summary>The inverse of <see cref="Rest"/>.</summary>
    public static GraphProto Join(GraphProto part, GraphProto? rest) => rest is null
        ? part
        : new() { Node = { part.Node, rest.Node }, Initializer = { part.Initializer, rest.Initializer } };

    /// <summary>
    /// The whole with the encoder first, then what else the scorer needs, then everything else: the order in which a file gives it back,
    /// whichever of these it runs.
    /// </summary>
    public static GraphProto InOrder(GraphProto whole, VaeModelInfo info)
    {
        var encoder = Cut(whole, GraphInterface.Encoder, info);
        var scorer = Cut(whole, GraphInterface.Scorer, info);
        return Join(Join(encoder, Rest(scorer, encoder)), Rest(whole, scorer));
    }

    /// <summary>The nodes and constants that these tensors need.</summary>
    public static GraphProto Needed(GraphProto graph, IReadOnlyList<string> outputs)
    {
        var (nodes, initializers) = Needed(graph, [], outputs);
        return new() { Node = { nodes }, Initializer = { initializers } };
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
