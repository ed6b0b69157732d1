using MLNet.Vae.Modules;
using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>p(x | z) while it is trained. A new likelihood is a class here, an option beside <see cref="VaeLikelihood"/>, and its graph beside Onnx/OutputGraph.</summary>
internal abstract class OutputLikelihood
{
    /// <summary>ln p(x | z) of each row, nats.</summary>
    /// <param name="x">Normalised features, <c>[rows, features]</c>.</param>
    /// <param name="output">The decoder's output, <c>[rows, features]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    public abstract Tensor LogDensity(Tensor x, Tensor output);

    /// <summary>The shared σ, where there is one.</summary>
    public virtual double? Sigma => null;

    public abstract OutputDistribution Export();

    public static OutputLikelihood Create(VaeLikelihood options, ParameterVector parameters) => options switch
    {
        GaussianLikelihood { Sigma: { } sigma } => new FixedGaussian(sigma),
        GaussianLikelihood => new LearnedGaussian(parameters),
        BernoulliLikelihood => new BernoulliDensity(),
        _ => throw new InvalidOperationException($"Unknown likelihood {options}."),
    };
}
