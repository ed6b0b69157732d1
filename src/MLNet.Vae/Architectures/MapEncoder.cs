using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Convolutions, each with the activation, of the last after the condition was added to every place; then one linear map at each place.
/// What comes out are the values of the first place, then those of the second, and so on, line by line.
/// </summary>
internal sealed class MapEncoder : Network
{
    private readonly ConvolutionalArchitecture _style;
    private readonly ImageShape _places;
    private readonly List<Convolution> _convolutions;
    private readonly MapCondition? _condition;
    private readonly Convolution _head;

    public MapEncoder(ConvolutionalArchitecture style, int channels, int condition, ParameterVector parameters, Generator random)
    {
        _style = style;
        var shapes = style.Convolutions(style.Channels).ToList();
        var maps = shapes[^1].Result;
        _convolutions = shapes.ConvertAll(shape => new Convolution(shape, parameters, random));
        _condition = condition == 0 ? null : new(condition, maps.Channels, parameters, random);
        _head = new(new(maps.Channels, channels, new(maps.Height, 1, 1), new(maps.Width, 1, 1)), parameters, random);
        _places = maps with { Channels = channels, Layout = PixelLayout.Interleaved };
    }

    public override int Outputs => _places.ValueCount;

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        x = x.ToMaps(_style.Image);
        foreach (var convolution in _convolutions.SkipLast(1))
            x = convolution.Forward(x).Activate(_style.Activation);
        x = _convolutions[^1].Forward(x);
        x = (_condition?.Forward(x, condition!) ?? x).Activate(_style.Activation);
        return _head.Forward(x).ToRows(_places);
    }

    public override IEnumerable<Layer> Export()
    {
        var activation = new ActivationLayer(_style.Activation);
        yield return new ToMapsLayer(_style.Image);
        foreach (var convolution in _convolutions)
        {
            yield return convolution.Export();
            if (_condition is not null && convolution == _convolutions[^1])
                yield return _condition.Export();
            yield return activation;
        }
        yield return _head.Export();
        yield return new ToRowsLayer(_places, Parts: 1);
    }
}
