using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Levels, each a strided convolution, residual blocks and the activation; then the maps as one row, with the condition beside them, and a
/// dense hidden layer if asked for.
/// </summary>
internal sealed class Convolution1DEncoder : Network
{
    private readonly Convolution1DArchitecture _style;
    private readonly ImageShape _maps;
    private readonly List<(Convolution Convolution, List<ResidualBlock> Blocks)> _levels;
    private readonly bool _conditional;
    private readonly Dense? _hidden;

    public Convolution1DEncoder(Convolution1DArchitecture style, int condition, ParameterVector parameters, Generator random)
    {
        _style = style;
        _conditional = condition > 0;
        var shapes = style.Convolutions(style.Channels).ToList();
        _maps = shapes[^1].Result;
        _levels = shapes.ConvertAll(shape => (
            new Convolution(shape, parameters, random),
            ResidualBlock.Several(style.ResidualBlocks, shape.Result, style.Activation, parameters, random)));
        Outputs = _maps.ValueCount + condition;
        if (style.HiddenSize == 0)
            return;
        _hidden = new Dense(Outputs, style.HiddenSize, parameters, random);
        Outputs = style.HiddenSize;
    }

    public override int Outputs { get; }

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        x = x.ToMaps(_style.Series);
        foreach (var (convolution, blocks) in _levels)
            x = blocks.Aggregate(convolution.Forward(x), (maps, block) => block.Forward(maps)).Activate(_style.Activation);
        x = x.ToRows(_maps);
        if (_conditional)
            x = cat([x, condition!], 1);
        return _hidden?.Forward(x).Activate(_style.Activation) ?? x;
    }

    public override IEnumerable<Layer> Export()
    {
        var activation = new ActivationLayer(_style.Activation);
        yield return new ToMapsLayer(_style.Series);
        foreach (var (convolution, blocks) in _levels)
        {
            yield return convolution.Export();
            foreach (var block in blocks)
                yield return block.Export();
            yield return activation;
        }
        yield return new ToRowsLayer(_maps, Parts: 1);
        if (_conditional)
            yield return new ConditionLayer();
        if (_hidden is null)
            yield break;
        yield return _hidden.Export();
        yield return activation;
    }
}
