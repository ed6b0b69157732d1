using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Recurrent layers that are told the code, and the condition beside it, at every step, shifted by what is learned for the step; then one
/// linear map of the memory after each step.
/// </summary>
internal sealed class RecurrentDecoder : Network
{
    private readonly RecurrentArchitecture _style;
    private readonly bool _conditional;
    private readonly int _parts;
    private readonly Trainable _places;
    private readonly List<GatedRecurrentUnit> _units;
    private readonly Dense _output;

    public RecurrentDecoder(
        RecurrentArchitecture style, int latent, int condition, int outputs, ParameterVector parameters, Generator random)
    {
        _style = style;
        _conditional = condition > 0;
        Outputs = outputs;
        _parts = SeriesRules.Parts(outputs, style.Steps, style.Channels);
        // As wide as codes are: were they zero, steps would differ too little for the code to be of use before its KL has gone to nothing.
        _places = parameters.Add(randn(style.Steps, latent + condition, generator: random));
        _units = style.Units(latent + condition, parameters, random);
        _output = new(style.HiddenSize, _parts * style.Channels, parameters, random);
    }

    public override int Outputs { get; }

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        if (_conditional)
            x = cat([x, condition!], 1);
        var rows = x.size(0);
        x = x.unsqueeze(0).Plus(_places.Value.unsqueeze(1));
        foreach (var unit in _units)
            x = stack(unit.Forward(x));
        // [steps, rows, parts·channels] → [rows, parts, steps, channels].
        return _output.Forward(x).view(_style.Steps, rows, _parts, _style.Channels).permute(1, 2, 0, 3).reshape(rows, Outputs);
    }

    public override IEnumerable<Layer> Export()
    {
        if (_conditional)
            yield return new ConditionLayer();
        yield return new RecurrentDecoderLayer(
            _places.ToArray(), _units.ConvertAll(unit => unit.Export()), _output.Export(), _style.Steps, _parts);
    }
}
