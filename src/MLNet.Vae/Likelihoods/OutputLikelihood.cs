using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>p(x | z) while it is trained. <see cref="VaeLikelihood.Create(RowLayout, ParameterVector, Generator)"/> makes it.</summary>
/// <param name="features">Values of a row that the decoder is to give.</param>
internal abstract class OutputLikelihood(int features)
{
    public int Features => features;

    /// <summary>Values that the decoder's output has for a row.</summary>
    public virtual int ParameterCount => features;

    /// <summary>Set while training: draws what a row is not told of itself.</summary>
    public Generator? Dropout { get; set; }

    /// <summary>ln p(x | z) of each row, nats.</summary>
    /// <param name="x">Normalised features, <c>[rows, features]</c>.</param>
    /// <param name="output">The decoder's output, <c>[rows, parameters]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    public abstract Tensor LogDensity(Tensor x, Tensor output);

    /// <summary>What <see cref="LogDensity"/> sums, <c>[rows, features]</c>, in general in single precision.</summary>
    public virtual Tensor Terms(Tensor x, Tensor output)
        => throw new NotSupportedException($"{GetType().Name} knows no missing values.");

    /// <summary>ln p of the values of each row that are there, nats: of a missing one there is neither a value nor a gradient.</summary>
    /// <param name="x">Normalised features, <c>[rows, features]</c>, 0 where they are missing.</param>
    /// <param name="output">The decoder's output, <c>[rows, parameters]</c>.</param>
    /// <param name="isThere">Whether a value is, <c>[rows, features]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    public Tensor ObservedLogDensity(Tensor x, Tensor output, Tensor isThere)
    {
        var terms = Terms(x, output);
        return where(isThere, terms, zeros_like(terms)).sum(1).to(output.dtype);
    }

    /// <summary>The parts of a row that are reported one by one; none where it is one whole.</summary>
    public virtual IReadOnlyList<string> PartNames => [];

    /// <summary>ln p(x | z) of each part of each row, whose sum is <see cref="LogDensity"/>; the whole where there are no parts.</summary>
    /// <returns><c>[rows]</c> each.</returns>
    public virtual IReadOnlyList<Tensor> PartLogDensities(Tensor x, Tensor output) => [LogDensity(x, output)];

    /// <summary>ln p of the values of each part of each row that are there.</summary>
    /// <returns><c>[rows]</c> each.</returns>
    public virtual IReadOnlyList<Tensor> ObservedPartLogDensities(Tensor x, Tensor output, Tensor isThere)
        => [ObservedLogDensity(x, output, isThere)];

    /// <summary>The shared σ, where there is one.</summary>
    public virtual double? Sigma => null;

    /// <summary>σ of each feature, where features have one each; <see langword="null"/>: they have not.</summary>
    public virtual IReadOnlyList<double?>? FeatureSigmas => null;

    /// <summary>Whether <see cref="Descend"/> is there.</summary>
    public virtual bool HasWrittenGradient => false;

    /// <summary>
    /// −ln p(x | z), summed over the rows. Its mean over the rows has its gradient written in place of <paramref name="output"/>, and into
    /// the likelihood's own parameters.
    /// </summary>
    public virtual double Descend(Tensor x, Tensor output) => throw new NotSupportedException();

    /// <summary>
    /// What the decoder's last layer adds before training, where what is drawn at random lies too far off: of a scale that the rows give.
    /// </summary>
    /// <param name="bias">As drawn, <c>[parameters]</c>; takes what it is to be.</param>
    /// <param name="means">Of the normalised features, <c>[features]</c>.</param>
    /// <param name="rows">That they are means of.</param>
    public virtual void Start(Span<float> bias, ReadOnlySpan<double> means, long rows)
    {
    }

    /// <summary>Gives the shared σ, where it is learned, another value.</summary>
    public virtual void SetSigma(double sigma) => throw new NotSupportedException($"{GetType().Name} has no shared σ.");

    public abstract OutputDistribution Export();
}
