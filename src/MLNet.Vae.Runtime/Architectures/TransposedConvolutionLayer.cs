using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The transpose of a convolution, <c>[N, outputs, …]</c> → <c>[N, inputs, height, width]</c>, and a bias for each map that comes out.
/// </summary>
/// <param name="Shape">Sizes of the convolution.</param>
/// <param name="Weight"><c>[outputs, inputs, kernel, kernel]</c>, row-major.</param>
/// <param name="Bias"><c>[inputs]</c>.</param>
internal sealed record TransposedConvolutionLayer(ConvolutionShape Shape, float[] Weight, float[] Bias) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        var padding = GraphBuilder.Attribute("output_padding", [Shape.Vertical.OutputPadding, Shape.Horizontal.OutputPadding]);
        return graph.Node("ConvTranspose", y, Shape.Operands(graph, y, x, Weight, Bias), [.. Shape.Attributes(), padding]);
    }
}
