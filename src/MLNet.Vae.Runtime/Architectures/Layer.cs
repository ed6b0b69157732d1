using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// One step of a trained network: its numbers, which training hands over, and how it writes itself as nodes. x and y are <c>[N, width]</c>,
/// or
/// <c>[N, maps, height, width]</c> between <see cref="ToMapsLayer"/> and <see cref="ToRowsLayer"/>.
/// </summary>
internal abstract record Layer
{
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="y">Name of what comes out, and before those of weights and of nodes on the way.</param>
    /// <param name="x">What goes in.</param>
    /// <param name="condition">The scaled condition, <c>[N, condition]</c>.</param>
    /// <returns>y as the graph has it.</returns>
    public abstract string Write(GraphBuilder graph, string y, string x, string condition);

    /// <summary>With the condition of the rows.</summary>
    public string Write(GraphBuilder graph, string y, string x) => Write(graph, y, x, TensorNames.NormalisedCondition);
}
