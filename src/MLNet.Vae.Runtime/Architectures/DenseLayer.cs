using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>y = x·Wᵀ + b.</summary>
/// <param name="Weight">W, row-major, <c>[outputs, inputs]</c>.</param>
/// <param name="Bias">b, <c>[outputs]</c>.</param>
internal sealed record DenseLayer(float[] Weight, float[] Bias) : Layer
{
    public int Outputs => Bias.Length;

    public int Inputs => Weight.Length / Bias.Length;

    public override string Write(GraphBuilder graph, string y, string x, string condition) => graph.Node(
        "Gemm",
        y,
        [x, graph.Constant($"{y}.weight", Weight, Outputs, Inputs), graph.Constant($"{y}.bias", Bias, Outputs)],
        GraphBuilder.Attribute("transB", 1));
}
