using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Hidden layers, each linear, normalised if asked for, with activation and dropout; then a linear one where <c>outputs</c> is given.
/// </summary>
internal sealed class Mlp : Network
{
    private readonly List<(Dense Dense, LayerNorm? Norm)> _hidden = [];
    private readonly MlpArchitecture? _style;
    private readonly bool _conditional;
    private readonly Dense? _output;

    public Mlp(
        int inputs,
        int condition,
        IEnumerable<int> hiddenSizes,
        MlpArchitecture? style,
        int? outputs,
        ParameterVector parameters,
        Generator random
    )
    {
        _style = style;
        _conditional = condition > 0;
        Outputs = inputs + condition;
        foreach (var size in hiddenSizes)
        {
            _hidden.Add((new Dense(Outputs, size, parameters, random), style!.LayerNorm ? new LayerNorm(size, parameters) : null));
            Outputs = size;
        }
        if (outputs is not { } last)
            return;
        _output = new Dense(Outputs, last, parameters, random);
        Outputs = last;
    }

    public override int Outputs { get; }

    /// <summary>
    /// The layers, where there is nothing else: no normalisation or dropout. Otherwise <see langword="null"/>. The first reads the
    /// condition too, if there is one.
    /// </summary>
    public IReadOnlyList<(Trainable Weight, Trainable Bias)>? PlainLayers
        => _style is not { LayerNorm: false, Dropout: 0 }
            ? null
            :
            [
                .. _hidden
                    .Select(layer => layer.Dense)
                    .Concat(_output is null ? [] : [_output])
                    .Select(dense => (dense.Weight, dense.Bias)),
            ];

    public override Trainable? OutputBias => _output?.Bias;

    /// <summary>The linear layer after the hidden ones; <see langword="null"/>: there is none.</summary>
    public Dense? Output => _output;

    /// <summary>After each hidden layer.</summary>
    public Activation? Activation => _style?.Activation;

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        x = Hidden(x, condition, dropout);
        return _output?.Forward(x) ?? x;
    }

    /// <summary>What <see cref="Output"/> reads.</summary>
    /// <inheritdoc cref="Forward"/>
    public Tensor Hidden(Tensor x, Tensor? condition, Generator? dropout)
    {
        if (_conditional)
            x = cat([x, condition!], 1);
        foreach (var (dense, norm) in _hidden)
        {
            x = dense.Forward(x);
            x = (norm?.Forward(x) ?? x).Activate(_style!.Activation);
            if (dropout is not null && _style.Dropout > 0)
                x = DropOut(x, _style.Dropout, dropout);
        }
        return x;
    }

    public override void Set(DenseLayer layer)
    {
        if (_hidden.Count > 0 || _conditional || _output is null)
            base.Set(layer);
        else
            _output.Set(layer);
    }

    public override IEnumerable<Layer> Export()
    {
        if (_conditional)
            yield return new ConditionLayer();
        foreach (var (dense, norm) in _hidden)
        {
            yield return dense.Export();
            if (norm is not null)
                yield return norm.Export();
            yield return new ActivationLayer(_style!.Activation);
        }
        if (_output is not null)
            yield return _output.Export();
    }

    /// <summary>
    /// Keeps each unit with probability 1 − p, and scales those kept so that the expectation stays (Srivastava et al. 2014).
    /// </summary>
    private static Tensor DropOut(Tensor x, double probability, Generator dropout)
    {
        using Scalar dropped = probability, kept = 1 - probability;
        return x * rand(x.shape, device: x.device, generator: dropout).ge(dropped) / kept;
    }
}
