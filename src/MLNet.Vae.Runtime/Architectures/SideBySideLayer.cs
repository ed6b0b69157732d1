using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Two networks of one input, what they give side by side: <c>[N, first + second]</c>.</summary>
internal sealed record SideBySideLayer(IReadOnlyList<Layer> First, IReadOnlyList<Layer> Second) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition) => graph.Node(
        "Concat",
        y,
        [graph.Layers($"{y}.first", First, x, condition), graph.Layers($"{y}.second", Second, x, condition)],
        GraphBuilder.Attribute("axis", 1));
}
