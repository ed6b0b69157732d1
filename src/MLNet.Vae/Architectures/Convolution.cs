using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Filters and a bias for each: <c>[rows, inputs, height, width]</c> → <c>[rows, outputs, ⌈height / stride⌉, ⌈width / stride⌉]</c>. Both
/// start uniform in ±1/√(values that one value is a sum of).
/// </summary>
internal sealed class Convolution(ConvolutionShape shape, ParameterVector parameters, Generator random)
{
    private readonly Trainable _weight = parameters.Add(
        Dense.Initial(FanIn(shape), random, shape.Outputs, shape.Inputs, shape.Vertical.Kernel, shape.Horizontal.Kernel),
        uses: shape.Vertical.Places * shape.Horizontal.Places
    );
    private readonly Trainable _bias = parameters.Add(Dense.Initial(FanIn(shape), random, shape.Outputs));
    private readonly long[] _stride = [shape.Vertical.Stride, shape.Horizontal.Stride];
    private readonly long[] _padding = [shape.Vertical.Padding, shape.Horizontal.Padding];
    private readonly long[] _dilation = [shape.Vertical.Dilation, shape.Horizontal.Dilation];

    public Tensor Forward(Tensor x)
    {
        var inputs = WholeBlocks.MissingForward(shape.Inputs, shape.IsStrided);
        var outputs = WholeBlocks.MissingBackward(shape.Outputs);
        var weight = WholeBlocks.Second(WholeBlocks.First(_weight.Value, outputs), inputs);
        var bias = WholeBlocks.First(_bias.Value, outputs);
        var y = nn.functional.conv2d(WholeBlocks.Second(x, inputs), weight, bias, _stride, _padding, _dilation);
        return WholeBlocks.Without(y, outputs);
    }

    public ConvolutionLayer Export() => new(shape, _weight.ToArray(), _bias.ToArray());

    private static int FanIn(ConvolutionShape shape) => shape.Inputs * shape.Taps;
}
