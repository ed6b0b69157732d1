using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Recurrences as nodes. ONNX Runtime has them over steps first, and rows second.</summary>
internal static class RecurrenceGraph
{
    /// <summary><c>[N, steps, values]</c> ↔ <c>[steps, N, values]</c>.</summary>
    public static string StepsFirst(this GraphBuilder graph, string y, string x)
        => graph.Node("Transpose", y, [x], GraphBuilder.Attribute("perm", [1, 0, 2]));

    /// <param name="graph">Takes the nodes.</param>
    /// <param name="scope">Begins the names of nodes and weights.</param>
    /// <param name="recurrences">From first to last, one at least.</param>
    /// <param name="x">What the first reads, <c>[steps, N, inputs]</c>.</param>
    /// <returns>Of the last, the memory after each step, <c>[steps, 1, N, units]</c>, and after the last, <c>[1, N, units]</c>.</returns>
    public static (string Each, string Last) Recurrences(
        this GraphBuilder graph, string scope, IReadOnlyList<GatedRecurrence> recurrences, string x)
    {
        var memories = recurrences[0].Write(graph, $"{scope}.0", x);
        for (var i = 1; i < recurrences.Count; i++)
        {
            var read = graph.Node("Squeeze", $"{scope}.{i}.read", memories.Each, graph.Indices($"{scope}.{i}.axis", 1));
            memories = recurrences[i].Write(graph, $"{scope}.{i}", read);
        }
        return memories;
    }
}
