using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The way back from <see cref="MapEncoder"/>: a convolution that lets each place see those beside it, the condition added to all of them,
/// then transposed convolutions, the activation after all but the last.
/// </summary>
internal sealed class MapDecoder : Network
{
    // Of the first convolution: a place and its eight neighbours.
    private const int Kernel = 3;

    private readonly ConvolutionalArchitecture _style;
    private readonly ImageShape _places;
    private readonly MapCondition? _condition;
    private readonly Convolution _head;
    private readonly List<TransposedConvolution> _convolutions;

    public MapDecoder(
        ConvolutionalArchitecture style, int channels, int condition, int outputs, ParameterVector parameters, Generator random)
    {
        _style = style;
        Outputs = outputs;
        var shapes = style.Convolutions(style.OutputChannels(outputs)).Reverse().ToList();
        var maps = shapes[0].Result;
        _places = maps with { Channels = channels, Layout = PixelLayout.Interleaved };
        _head = new(new(channels, maps.Channels, new(maps.Height, Kernel, 1), new(maps.Width, Kernel, 1)), parameters, random);
        _condition = condition == 0 ? null : new(condition, maps.Channels, parameters, random);
        _convolutions = shapes.ConvertAll(shape => new TransposedConvolution(shape, parameters, random));
    }

    public override int Outputs { get; }

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        x = _head.Forward(x.ToMaps(_places));
        x = (_condition?.Forward(x, condition!) ?? x).Activate(_style.Activation);
        foreach (var convolution in _convolutions.SkipLast(1))
            x = convolution.Forward(x).Activate(_style.Activation);
        return _convolutions[^1].Forward(x).ToRows(_style.Image);
    }

    public override IEnumerable<Layer> Export()
    {
        var activation = new ActivationLayer(_style.Activation);
        yield return new ToMapsLayer(_places);
        yield return _head.Export();
        if (_condition is not null)
            yield return _condition.Export();
        yield return activation;
        foreach (var convolution in _convolutions.SkipLast(1))
        {
            yield return convolution.Export();
            yield return activation;
        }
        yield return _convolutions[^1].Export();
        yield return new ToRowsLayer(_style.Image, Outputs / _style.Image.ValueCount);
    }
}
