using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The sizes of a convolution, <c>[N, inputs, height, width]</c> → <c>[N, outputs, ⌈height / stride⌉, ⌈width / stride⌉]</c>, and of its
/// transpose, which leads back. Both have weights of <c>[outputs, inputs, kernel's height, kernel's width]</c>.
/// </summary>
/// <param name="Inputs">Maps on the side of the picture.</param>
/// <param name="Outputs">Maps on the side of the code.</param>
/// <param name="Vertical">The kernel's way from the top down.</param>
/// <param name="Horizontal">The kernel's way from left to right.</param>
internal sealed record ConvolutionShape(int Inputs, int Outputs, KernelPath Vertical, KernelPath Horizontal)
{
    /// <summary>Of a series, a picture that is one pixel high.</summary>
    public ConvolutionShape(int inputs, int outputs, KernelPath steps) : this(inputs, outputs, new(1, 1, 1), steps)
    {
    }

    /// <summary>Pixels that the kernel reads of a map.</summary>
    public int Taps => Vertical.Kernel * Horizontal.Kernel;

    public bool IsStrided => Vertical.Stride > 1 || Horizontal.Stride > 1;

    /// <summary>What the convolution gives, as a picture.</summary>
    public ImageShape Result => new(Vertical.Places, Horizontal.Places, Outputs, PixelLayout.Planar);

    /// <summary>What the node of a convolution, or of its transpose, reads.</summary>
    public string[] Operands(GraphBuilder graph, string y, string x, float[] weight, float[] bias) =>
    [
        x,
        graph.Constant($"{y}.weight", weight, Outputs, Inputs, Vertical.Kernel, Horizontal.Kernel),
        graph.Constant($"{y}.bias", bias, bias.Length),
    ];

    /// <summary>The kernel's places, of either node.</summary>
    public AttributeProto[] Attributes() =>
    [
        Attribute("kernel_shape", [Vertical.Kernel, Horizontal.Kernel]),
        Attribute("strides", [Vertical.Stride, Horizontal.Stride]),
        Attribute("pads", [Vertical.Padding, Horizontal.Padding, Vertical.Padding, Horizontal.Padding]),
        .. IsDilated ? [Attribute("dilations", [Vertical.Dilation, Horizontal.Dilation])] : Array.Empty<AttributeProto>(),
    ];

    private bool IsDilated => Vertical.Dilation > 1 || Horizontal.Dilation > 1;
}
