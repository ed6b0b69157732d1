using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The transpose of a convolution, and a bias for each map: <c>[rows, outputs, ⌈height / stride⌉, ⌈width / stride⌉]</c> →
/// <c>[rows, inputs, height, width]</c>. Both start uniform in ±1/√(values that one value is a sum of).
/// </summary>
internal sealed class TransposedConvolution(ConvolutionShape shape, ParameterVector parameters, Generator random)
{
    private readonly Trainable _weight = parameters.Add(
        Dense.Initial(FanIn(shape), random, shape.Outputs, shape.Inputs, shape.Vertical.Kernel, shape.Horizontal.Kernel),
        uses: shape.Vertical.Places * shape.Horizontal.Places
    );
    private readonly Trainable _bias = parameters.Add(Dense.Initial(FanIn(shape), random, shape.Inputs));
    private readonly long[] _stride = [shape.Vertical.Stride, shape.Horizontal.Stride];
    private readonly long[] _padding = [shape.Vertical.Padding, shape.Horizontal.Padding];
    private readonly long[] _outputPadding = [shape.Vertical.OutputPadding, shape.Horizontal.OutputPadding];

    public Tensor Forward(Tensor x)
    {
        var inputs = WholeBlocks.MissingForward(shape.Inputs, shape.IsStrided);
        var outputs = WholeBlocks.MissingBackward(shape.Outputs);
        var weight = WholeBlocks.Second(WholeBlocks.First(_weight.Value, outputs), inputs);
        var bias = WholeBlocks.First(_bias.Value, inputs);
        var y = nn.functional.conv_transpose2d(WholeBlocks.Second(x, outputs), weight, bias, _stride, _padding, _outputPadding);
        return WholeBlocks.Without(y, inputs);
    }

    public TransposedConvolutionLayer Export() => new(shape, _weight.ToArray(), _bias.ToArray());

    // Of the places of the kernel, one in as many as the strides make together meets a given pixel.
    private static int FanIn(ConvolutionShape shape)
        => shape.Outputs * shape.Taps / (shape.Vertical.Stride * shape.Horizontal.Stride);
}
