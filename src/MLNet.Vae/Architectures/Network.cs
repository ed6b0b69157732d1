using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>Encoder or decoder body: <c>[rows, inputs]</c> → <c>[rows, outputs]</c>. <see cref="VaeArchitecture"/> makes them.</summary>
internal abstract class Network
{
    public abstract int Outputs { get; }

    /// <param name="x"><c>[rows, inputs]</c>.</param>
    /// <param name="condition">Put beside what comes in, <c>[rows, condition]</c>; <see langword="null"/>: none.</param>
    /// <param name="dropout">Draws the units that dropout keeps; <see langword="null"/>: all are kept, as outside training.</param>
    public abstract Tensor Forward(Tensor x, Tensor? condition, Generator? dropout);

    /// <summary>Makes this one linear layer; for an architecture that can be one.</summary>
    public virtual void Set(DenseLayer layer) => throw new NotSupportedException($"{GetType().Name} is not one linear layer.");

    /// <summary>What the last layer adds, one number for each output; <see langword="null"/>: it has none, or shares them.</summary>
    public virtual Trainable? OutputBias => null;

    public abstract IEnumerable<Layer> Export();
}
