using MLNet.Vae.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>y = x·Wᵀ + b: <c>[rows, inputs]</c> → <c>[rows, outputs]</c>. W and b start uniform in ±1/√inputs.</summary>
internal sealed class Dense(int inputs, int outputs, ParameterVector parameters, Generator random)
{
    /// <summary>W, <c>[outputs, inputs]</c>.</summary>
    public Trainable Weight { get; } = parameters.Add(Initial(inputs, random, outputs, inputs));

    /// <summary>b, <c>[outputs]</c>.</summary>
    public Trainable Bias { get; } = parameters.Add(Initial(inputs, random, outputs));

    public Tensor Forward(Tensor x) => nn.functional.linear(x, Weight.Value, Bias.Value);

    public DenseLayer Export() => new(Weight.ToArray(), Bias.ToArray());

    /// <summary>Other weights, of the same size.</summary>
    public void Set(DenseLayer layer)
    {
        Weight.Set(layer.Weight);
        Bias.Set(layer.Bias);
    }

    /// <summary>Drawn from <paramref name="random"/>, never from torch's global state.</summary>
    public static Tensor Initial(int inputs, Generator random, params long[] size)
    {
        using Scalar half = 0.5, width = 2 / Math.Sqrt(inputs);
        return rand(size, generator: random).sub_(half).mul_(width);
    }
}
