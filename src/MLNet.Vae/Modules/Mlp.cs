using MLNet.Vae.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>Hidden layers, each linear, normalised if asked for, bent by the activation, thinned by dropout: <c>[rows, inputs]</c> → <c>[rows, last size]</c>.</summary>
internal sealed class Mlp
{
    private readonly List<(Dense Dense, LayerNorm? Norm)> _layers = [];
    private readonly MlpArchitecture _architecture;

    public Mlp(int inputs, IEnumerable<int> sizes, MlpArchitecture architecture, ParameterVector parameters, Generator random)
    {
        _architecture = architecture;
        foreach (var size in sizes)
        {
            _layers.Add((new Dense(inputs, size, parameters, random), architecture.LayerNorm ? new LayerNorm(size, parameters) : null));
            inputs = size;
        }
    }

    /// <param name="x"><c>[rows, inputs]</c>.</param>
    /// <param name="dropout">Draws the units that dropout keeps; <see langword="null"/>: all are kept, as outside training.</param>
    public Tensor Forward(Tensor x, Generator? dropout)
    {
        foreach (var (dense, norm) in _layers)
        {
            x = dense.Forward(x);
            x = Activate(norm?.Forward(x) ?? x);
            if (dropout is not null && _architecture.Dropout > 0)
                x = Thin(x, dropout);
        }
        return x;
    }

    public IEnumerable<Layer> Export()
    {
        foreach (var (dense, norm) in _layers)
        {
            yield return dense.Export();
            if (norm is not null)
                yield return norm.Export();
            yield return new ActivationLayer(_architecture.Activation);
        }
    }

    /// <summary>Keeps each unit with probability 1 − p, and scales those kept so that the expectation stays (Srivastava et al. 2014).</summary>
    private Tensor Thin(Tensor x, Generator dropout)
    {
        using Scalar dropped = _architecture.Dropout, kept = 1 - _architecture.Dropout;
        return x * rand(x.shape, device: x.device, generator: dropout).ge(dropped) / kept;
    }

    private Tensor Activate(Tensor x) => _architecture.Activation switch
    {
        Activation.Relu => x.relu(),
        Activation.Gelu => nn.functional.gelu(x),
        Activation.Tanh => x.tanh(),
        Activation.Sigmoid => x.sigmoid(),
        _ => throw new InvalidOperationException($"Unknown activation {_architecture.Activation}."),
    };
}
