using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>The layers of a network as nodes.</summary>
internal static class LayerGraph
{
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="scope">Begins the names of nodes and weights.</param>
    /// <param name="layers">From first to last; none: <paramref name="x"/> itself.</param>
    /// <param name="x">What the first reads.</param>
    /// <param name="condition">What <see cref="ConditionLayer"/> appends.</param>
    public static string Layers(
        this GraphBuilder graph, string scope, IReadOnlyList<Layer> layers, string x, string condition = TensorNames.NormalisedCondition)
    {
        for (var i = 0; i < layers.Count; i++)
            x = layers[i].Write(graph, $"{scope}.{i}", x, condition);
        return x;
    }

    /// <summary><c>[N, …]</c> → <c>[N, row]</c>.</summary>
    public static string ReshapeRows(this GraphBuilder graph, string y, string x, params long[] row)
    {
        // As long as the input's axis, so that N stays free.
        const long SameLength = 0;
        return graph.Node("Reshape", y, x, graph.Indices($"{y}.shape", [SameLength, .. row]));
    }
}
