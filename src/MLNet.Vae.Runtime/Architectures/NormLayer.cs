using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): (x − mean) / √(variance + ε) · gain + bias.</summary>
internal sealed record NormLayer(float[] Gain, float[] Bias, float Epsilon) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition) => graph.Node(
        "LayerNormalization",
        y,
        [x, graph.Constant($"{y}.gain", Gain, Gain.Length), graph.Constant($"{y}.bias", Bias, Bias.Length)],
        GraphBuilder.Attribute("axis", -1),
        GraphBuilder.Attribute("epsilon", Epsilon));
}
