using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The mirror of <see cref="ConvolutionalEncoder"/>: dense layers, then transposed convolutions, the activation after all but the last.
/// </summary>
internal sealed class ConvolutionalDecoder : Network
{
    private readonly ConvolutionalArchitecture _style;
    private readonly ImageShape _maps;
    private readonly bool _conditional;
    private readonly List<Dense> _dense = [];
    private readonly List<TransposedConvolution> _convolutions;

    public ConvolutionalDecoder(
        ConvolutionalArchitecture style, int latent, int condition, int outputs, ParameterVector parameters, Generator random)
    {
        _style = style;
        _conditional = condition > 0;
        Outputs = outputs;
        var shapes = style.Convolutions(style.OutputChannels(outputs)).Reverse().ToList();
        _maps = shapes[0].Result;
        var width = latent + condition;
        if (style.HiddenSize > 0)
        {
            _dense.Add(new Dense(width, style.HiddenSize, parameters, random));
            width = style.HiddenSize;
        }
        _dense.Add(new Dense(width, _maps.ValueCount, parameters, random));
        _convolutions = shapes.ConvertAll(shape => new TransposedConvolution(shape, parameters, random));
    }

    public override int Outputs { get; }

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        if (_conditional)
            x = cat([x, condition!], 1);
        foreach (var dense in _dense)
            x = dense.Forward(x).Activate(_style.Activation);
        x = x.ToMaps(_maps);
        foreach (var convolution in _convolutions.SkipLast(1))
            x = convolution.Forward(x).Activate(_style.Activation);
        return _convolutions[^1].Forward(x).ToRows(_style.Image);
    }

    public override IEnumerable<Layer> Export()
    {
        var activation = new ActivationLayer(_style.Activation);
        if (_conditional)
            yield return new ConditionLayer();
        foreach (var dense in _dense)
        {
            yield return dense.Export();
            yield return activation;
        }
        yield return new ToMapsLayer(_maps);
        foreach (var convolution in _convolutions.SkipLast(1))
        {
            yield return convolution.Export();
            yield return activation;
        }
        yield return _convolutions[^1].Export();
        yield return new ToRowsLayer(_style.Image, Outputs / _style.Image.ValueCount);
    }
}
