using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Puts the normalised condition beside its input: <c>[N, width]</c> → <c>[N, width + condition]</c>.</summary>
internal sealed record ConditionLayer : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
        => graph.Node("Concat", y, [x, condition], GraphBuilder.Attribute("axis", 1));
}
