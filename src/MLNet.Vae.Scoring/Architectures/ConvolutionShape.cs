using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The sizes of a convolution, <c>[N, inputs, height, width]</c> → <c>[N, outputs, ⌈height / stride⌉, ⌈width / stride⌉]</c>, and of its
/// transpose, which leads back. Both have weights of <c>[outputs, inputs, kernel, kernel]</c>.
/// </summary>
/// <param name="Inputs">Maps on the side of the picture.</param>
/// <param name="Outputs">Maps on the side of the code.</param>
/// <param name="Vertical">The kernel's way from the top down.</param>
/// <param name="Horizontal">The kernel's way from left to right.</param>
internal sealed record ConvolutionShape(int Inputs, int Outputs, KernelPath Vertical, KernelPath Horizontal)
{
    public int Kernel => Vertical.Kernel;

    public int Stride => Vertical.Stride;

    /// <summary>What the convolution gives, as a picture.</summary>
    public ImageShape Result => new(Vertical.Places, Horizontal.Places, Outputs, PixelLayout.Planar);

    /// <summary>What the node of a convolution, or of its transpose, reads.</summary>
    public string[] Operands(GraphBuilder graph, string y, string x, float[] weight, float[] bias)
        => [x, graph.Constant($"{y}.weight", weight, Outputs, Inputs, Kernel, Kernel), graph.Constant($"{y}.bias", bias, bias.Length)];

    /// <summary>The kernel's places, of either node.</summary>
    public AttributeProto[] Attributes() =>
    [
        Attribute("kernel_shape", [Vertical.Kernel, Horizontal.Kernel]),
        Attribute("strides", [Vertical.Stride, Horizontal.Stride]),
        Attribute("pads", [Vertical.Padding, Horizontal.Padding, Vertical.Padding, Horizontal.Padding]),
    ];
}
