using MLNet.Vae.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>y = x·Wᵀ + b: <c>[rows, inputs]</c> → <c>[rows, outputs]</c>. W and b start uniform in ±1/√inputs.</summary>
internal sealed class Dense
{
    /// <param name="inputs">Values that come in.</param>
    /// <param name="outputs">Values that come out.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="uses">How often a row meets them.</param>
    public Dense(int inputs, int outputs, ParameterVector parameters, Generator random, int uses = 1)
        : this(Initial(inputs, random, outputs, inputs), Initial(inputs, random, outputs), parameters, uses)
    {
    }

    private Dense(Tensor weight, Tensor bias, ParameterVector parameters, int uses = 1)
        => (Weight, Bias) = (parameters.Add(weight, uses), parameters.Add(bias, uses));

    /// <summary>
    /// For a sigmoid after it: W starts uniform in ±4 √(6/(inputs + outputs)), b as 0 (Glorot and Bengio 2010, section 4.2.1). Started as
    /// narrow as others, all units say ½ for all rows, and what reads them learns the mean row and nothing else for very long.
    /// </summary>
    public static Dense ForSigmoid(int inputs, int outputs, ParameterVector parameters, Generator random)
    {
        using Scalar half = 0.5, width = 8 * Math.Sqrt(6.0 / (inputs + outputs));
        return new(rand(outputs, inputs, generator: random).sub_(half).mul_(width), zeros(outputs), parameters);
    }

    /// <summary>W, <c>[outputs, inputs]</c>.</summary>
    public Trainable Weight { get; }

    /// <summary>b, <c>[outputs]</c>.</summary>
    public Trainable Bias { get; }

    public Tensor Forward(Tensor x) => x.Linear(Weight.Value, Bias.Value);

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
