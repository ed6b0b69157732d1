using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// p(x | z) of a trained decoder, over scaled features: its numbers, and how it writes itself as nodes. Every tensor is <c>[N,
/// features]</c> but for the decoder's output, <c>[N, parameters]</c>, and noise. A new likelihood is a record here.
/// </summary>
internal abstract record OutputDistribution
{
    /// <summary>Values of the decoder's output that describe so many features.</summary>
    public virtual int ParametersOf(int features) => features;

    /// <summary>Standard normal numbers that a draw of so many features takes; where a uniform one is wanted, Φ of one is.</summary>
    public virtual int NoiseOf(int features) => features;

    /// <summary>The same, knowing which features were scaled: beyond a range of training rows a value is unusual, not impossible.</summary>
    /// <param name="scaled">Of each feature whether it was.</param>
    public virtual OutputDistribution Over(ReadOnlySpan<bool> scaled) => this;

    /// <summary>E[x | z] from the decoder's output.</summary>
    public abstract string Mean(GraphBuilder graph, int features, string output);

    /// <summary>
    /// x ~ p(x | z) from the decoder's output and standard normal <paramref name="noise"/>, <c>[N, <see cref="NoiseOf"/>]</c>.
    /// </summary>
    public abstract string Draw(GraphBuilder graph, int features, string output, string noise);

    /// <summary>The terms whose sum is <see cref="VaeScoreKind.ReconstructionError"/>.</summary>
    public abstract string ReconstructionError(GraphBuilder graph, int features, string x, string output);

    /// <summary>−ln p(x | z), feature by feature, nats; ∞ outside of the likelihood's support.</summary>
    public abstract string NegativeLogDensity(GraphBuilder graph, int features, string x, string output);
}
