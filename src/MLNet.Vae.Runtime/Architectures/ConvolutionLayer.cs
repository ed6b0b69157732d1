using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Cross-correlation with each filter, which is what the field calls convolution, and a bias for each.</summary>
/// <param name="Shape">Sizes.</param>
/// <param name="Weight"><c>[outputs, inputs, kernel, kernel]</c>, row-major.</param>
/// <param name="Bias"><c>[outputs]</c>.</param>
internal sealed record ConvolutionLayer(ConvolutionShape Shape, float[] Weight, float[] Bias) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
        => graph.Node("Conv", y, Shape.Operands(graph, y, x, Weight, Bias), Shape.Attributes());
}
