using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>Graphs under other names.</summary>
internal static class GraphNames
{
    /// <summary>Nodes and constants with their tensors renamed. What is left out of a node, an empty name, stays so.</summary>
    /// <param name="graph">Stays as it is: the small messages are copied, the weights are shared.</param>
    /// <param name="rename">Of a tensor and of a node.</param>
    public static GraphProto Renamed(GraphProto graph, Func<string, string> rename)
    {
        var copy = new GraphProto
        {
            Node = { graph.Node.Select(n => n.Clone()) },
            Initializer = { graph.Initializer.Select(i => i.Clone()) },
        };
        foreach (var node in copy.Node)
        {
            node.Name = rename(node.Name);
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = Named(node.Input[i]);
            for (var i = 0; i < node.Output.Count; i++)
                node.Output[i] = Named(node.Output[i]);
        }
        foreach (var initializer in copy.Initializer)
            initializer.Name = rename(initializer.Name);
        return copy;

        string Named(string tensor) => tensor.Length == 0 ? tensor : rename(tensor);
    }
}
