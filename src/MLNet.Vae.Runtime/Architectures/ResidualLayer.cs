using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>x + f(x), f being layers that keep the shape of x (He et al. 2016).</summary>
/// <param name="Branch">f, from first to last.</param>
internal sealed record ResidualLayer(IReadOnlyList<Layer> Branch) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
        => graph.Node("Add", y, x, graph.Layers($"{y}.branch", Branch, x, condition));
}
