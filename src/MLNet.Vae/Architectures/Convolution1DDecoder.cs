using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// The mirror of <see cref="Convolution1DEncoder"/>: dense layers, the activation between them; then levels, each residual blocks, the
/// activation and a transposed convolution.
/// </summary>
internal sealed class Convolution1DDecoder : Network
{
    private readonly Convolution1DArchitecture _style;
    private readonly ImageShape _maps;
    private readonly bool _conditional;
    private readonly Dense? _hidden;
    private readonly Dense _first;
    private readonly List<(List<ResidualBlock> Blocks, TransposedConvolution Convolution)> _levels;

    public Convolution1DDecoder(
        Convolution1DArchitecture style, int latent, int condition, int outputs, ParameterVector parameters, Generator random)
    {
        _style = style;
        _conditional = condition > 0;
        Outputs = outputs;
        var parts = SeriesRules.Parts(outputs, style.Steps, style.Channels);
        var shapes = style.Convolutions(parts * style.Channels).Reverse().ToList();
        _maps = shapes[0].Result;
        var width = latent + condition;
        if (style.HiddenSize > 0)
        {
            _hidden = new Dense(width, style.HiddenSize, parameters, random);
            width = style.HiddenSize;
        }
        _first = new Dense(width, _maps.ValueCount, parameters, random);
        _levels = shapes.ConvertAll(shape => (
            ResidualBlock.Several(style.ResidualBlocks, shape.Result, style.Activation, parameters, random),
            new TransposedConvolution(shape, parameters, random)));
    }

    public override int Outputs { get; }

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        if (_conditional)
            x = cat([x, condition!], 1);
        x = _hidden?.Forward(x).Activate(_style.Activation) ?? x;
        x = _first.Forward(x).ToMaps(_maps);
        foreach (var (blocks, convolution) in _levels)
            x = convolution.Forward(blocks.Aggregate(x, (maps, block) => block.Forward(maps)).Activate(_style.Activation));
        return x.ToRows(_style.Series);
    }

    public override IEnumerable<Layer> Export()
    {
        var activation = new ActivationLayer(_style.Activation);
        if (_conditional)
            yield return new ConditionLayer();
        if (_hidden is not null)
        {
            yield return _hidden.Export();
            yield return activation;
        }
        yield return _first.Export();
        yield return new ToMapsLayer(_maps);
        foreach (var (blocks, convolution) in _levels)
        {
            foreach (var block in blocks)
                yield return block.Export();
            yield return activation;
            yield return convolution.Export();
        }
        yield return new ToRowsLayer(_style.Series, Outputs / _style.Series.ValueCount);
    }
}
