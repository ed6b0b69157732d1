using System.Globalization;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>
/// What follows from the kind of a latent variable, for training, scoring, generation and report: whoever would ask which kind it is asks
/// this instead. A new kind is a class beside this one, named in <see cref="Of"/>.
/// </summary>
internal abstract class LatentDescriptor
{
    // Burda, Grosse and Salakhutdinov 2016.
    private const double BurdaVariance = 0.01;

    // Without an arm for the rest, so that a kind left out does not compile. Numbers without a name never come: metadata is read by name.
#pragma warning disable CS8524
    public static LatentDescriptor Of(VaeLatentKind kind) => kind switch
    {
        VaeLatentKind.Gaussian => GaussianDescriptor.Instance,
        VaeLatentKind.Deterministic => DeterministicDescriptor.Instance,
        VaeLatentKind.GaussianMixture => MixtureDescriptor.Instance,
        VaeLatentKind.VectorQuantized => QuantizedDescriptor.Instance,
        VaeLatentKind.Hierarchical => HierarchicalDescriptor.Instance,
        VaeLatentKind.SemiSupervised => ClassDescriptor.Instance,
    };
#pragma warning restore CS8524

    /// <summary>Whether the posterior is a distribution, with a log σ.</summary>
    public abstract bool HasLogSigma { get; }

    /// <summary>Whether the objective has a KL term to weigh.</summary>
    public abstract bool HasKl { get; }

    /// <summary>Whether p(x) is a density that can be estimated.</summary>
    public abstract bool HasDensity { get; }

    /// <summary>Whether there is a p(z), and so a bound.</summary>
    public virtual bool HasPrior => true;

    /// <summary>Whether the prior has components, each with a probability for a row.</summary>
    public virtual bool HasComponents => false;

    /// <summary>Whether a row is entries of a codebook: between them lies nothing that the decoder has seen.</summary>
    public virtual bool HasCodes => false;

    /// <summary>Whether the last dimensions of a code are a class, as 1 among zeros.</summary>
    public virtual bool HasClasses => false;

    /// <summary>Whether its dimensions are those of several levels.</summary>
    public virtual bool HasLevels => false;

    /// <summary>Variance of a dimension over the rows above which it is in use.</summary>
    public virtual double ActiveVariance => BurdaVariance;

    /// <summary>Whether p(z) = N(0, I).</summary>
    public virtual bool IsStandardNormal(VaeModelInfo info) => false;

    /// <summary>Whether the prior's mean and log σ come from a graph of the model.</summary>
    public virtual bool NeedsPriorGraph(VaeModelInfo info) => false;

    /// <summary>What the encoder's graph gives: tensors <c>[N, width]</c>, the mean first.</summary>
    public virtual IEnumerable<(string Tensor, int Width)> Outputs(VaeModelInfo info)
    {
        yield return (TensorNames.Mean, info.LatentDimension);
        if (HasLogSigma)
            yield return (TensorNames.LogSigma, info.LatentDimension);
    }

    /// <summary>p(z) to generate from; <see langword="null"/>: there is none.</summary>
    /// <param name="info">The model's sizes.</param>
    /// <param name="sources">What of the model it is made of.</param>
    public abstract LatentPrior? Prior(VaeModelInfo info, PriorSources sources);

    /// <summary>The variable and its sizes, in words.</summary>
    public abstract string Describe(VaeModelInfo info);

    /// <summary>Its sizes alone, in words.</summary>
    public virtual string DescribeSizes(VaeModelInfo info) => Dimensions(info);

    /// <summary>What a model with it is, in words.</summary>
    public virtual string ModelName => "Variational autoencoder";

    /// <summary>What an embedding is, in words.</summary>
    public virtual string EmbeddingName => "posterior mean";

    /// <summary>What a row's embedding is, in words.</summary>
    public virtual string EmbeddingOfRow => $"its {EmbeddingName}";

    protected static string Dimensions(VaeModelInfo info) => Counted(info.LatentDimension, "dimension");

    protected static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{Number(count)} {what}s";

    protected static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
