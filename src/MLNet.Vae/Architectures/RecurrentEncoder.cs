using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Recurrent layers over the steps; the memory of the last after the last step, with the condition beside it, is what comes out.
/// </summary>
internal sealed class RecurrentEncoder(RecurrentArchitecture style, int condition, ParameterVector parameters, Generator random) : Network
{
    private readonly List<GatedRecurrentUnit> _units = style.Units(style.Channels, parameters, random);

    public override int Outputs => style.HiddenSize + condition;

    public override Tensor Forward(Tensor x, Tensor? given, Generator? dropout)
    {
        x = x.view(-1, style.Steps, style.Channels).transpose(0, 1);
        foreach (var unit in _units.SkipLast(1))
            x = stack(unit.Forward(x));
        x = _units[^1].Forward(x)[^1];
        return condition > 0 ? cat([x, given!], 1) : x;
    }

    public override IEnumerable<Layer> Export()
    {
        yield return new RecurrentEncoderLayer(style.Steps, style.Channels, _units.ConvertAll(unit => unit.Export()));
        if (condition > 0)
            yield return new ConditionLayer();
    }
}
