using MLNet.Vae.Initialization;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>The latent variable and its prior.</summary>
public abstract record VaeLatent
{
    private protected VaeLatent()
    {
    }

    /// <summary>A Gaussian posterior with diagonal covariance and a standard normal prior (Kingma and Welling 2014).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    public static GaussianLatent Gaussian(int dimension) => new() { Dimension = dimension };

    /// <summary>
    /// A Gaussian posterior and a mixture of Gaussians as prior, with weights, means and scales learned (VaDE: Jiang et al. 2017): each
    /// component is a group of rows, found without labels, and the probability of each is a column.
    /// </summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="components">Components, 1 to 1,000: the groups to look for.</param>
    public static GaussianMixtureLatent GaussianMixture(int dimension, int components) =>
        new() { Dimension = dimension, Components = components };

    /// <summary>A plain code, without a distribution: an autoencoder (Rumelhart, Hinton and Williams 1986).</summary>
    /// <param name="dimension">Length of the code, 1 to 4,096.</param>
    public static DeterministicLatent Deterministic(int dimension) => new() { Dimension = dimension };

    /// <summary>
    /// Codes of a codebook that is learned along, with the encoder's gradient passed straight through (van den Oord, Vinyals and
    /// Kavukcuoglu 2017).
    /// </summary>
    /// <param name="codebookSize">Entries of the codebook, 2 to 65,536.</param>
    /// <param name="codeDimension">Length of an entry, from 1.</param>
    /// <param name="codes">
    /// Entries that stand for a row, from 1; the embedding has <paramref name="codes"/> · <paramref name="codeDimension"/> values, 4,096 at
    /// most.
    /// </param>
    public static VectorQuantizedLatent VectorQuantized(int codebookSize, int codeDimension, int codes = 1)
        => new() { CodebookSize = codebookSize, CodeDimension = codeDimension, Codes = codes };

    /// <summary>
    /// A map of codes, one for each place of the encoder's last maps, all of one codebook (van den Oord, Vinyals and Kavukcuoglu 2017,
    /// section 4.1). Needs <see cref="VaeArchitecture.Convolutional"/>, without a dense hidden layer.
    /// </summary>
    /// <param name="codebookSize">Entries of the codebook, 2 to 65,536.</param>
    /// <param name="codeDimension">Length of an entry, from 1; the embedding has this times the number of places, 4,096 at most.</param>
    public static VectorQuantizedLatent VectorQuantizedMap(int codebookSize, int codeDimension)
        => new() { CodebookSize = codebookSize, CodeDimension = codeDimension, IsMap = true };

    /// <summary>
    /// Levels of Gaussians z_L, …, z₁, p(z) = N(z_L; 0, I) Π p(z_l | z_{l+1}), of which the decoder reads z₁, with a posterior that goes
    /// the same way down (ladder VAE: Sønderby et al. 2016): a prior that is learned, and embeddings from fine to coarse.
    /// </summary>
    /// <param name="dimensions">Latent dimensions of z₁, …, z_L, 1 to 8 levels; none given: 8, 4.</param>
    public static HierarchicalLatent Hierarchical(params int[] dimensions)
        => dimensions is { Length: > 0 } ? new() { Dimensions = [.. dimensions] } : new();

    /// <summary>
    /// A class, known of some rows and inferred of the others, and beside it a Gaussian latent variable that holds what the class does not
    /// say (M2: Kingma, Rezende, Mohamed and Welling 2014). For <c>MulticlassClassification.Trainers.VaeSemiSupervised</c> alone, which
    /// has the column of labels.
    /// </summary>
    /// <param name="dimension">Number of latent dimensions beside the class, 1 to 4,096.</param>
    public static SemiSupervisedLatent SemiSupervised(int dimension) => new() { Dimension = dimension };

    internal abstract VaeLatentKind Kind { get; }

    /// <summary>Whether it needs a column of labels, some of them missing.</summary>
    internal virtual bool NeedsLabels => false;

    /// <summary>Share of the rows with a label among those of an epoch, where they come several times; 0: they come once.</summary>
    internal virtual double LabelledShareOfRows => 0;

    /// <summary>Values that it takes at each place of the encoder's maps; <see langword="null"/>: it takes a row as one whole.</summary>
    internal virtual int? MapChannels => null;

    /// <summary>What follows from the kind.</summary>
    internal LatentDescriptor Descriptor => LatentDescriptor.Of(Kind);

    internal bool HasLogSigma => Descriptor.HasLogSigma;

    internal bool HasComponents => Descriptor.HasComponents;

    internal bool HasCodes => Descriptor.HasCodes;

    /// <summary>The prior over codes to fit once the model is trained; <see langword="null"/>: none.</summary>
    internal virtual VaeCodePrior? CodePrior => null;

    /// <summary>Whether there is a KL term for <see cref="VaeObjective"/> to weigh.</summary>
    internal bool HasKl => Descriptor.HasKl;

    /// <summary>Latent dimensions of <see cref="ClosedForm"/>; <see langword="null"/>: there is none.</summary>
    internal virtual int? ClosedFormDimension => null;

    /// <summary>The variable to train.</summary>
    /// <param name="surroundings">What it lies between.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    internal abstract LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random);

    /// <summary>The best linear autoencoder with this latent variable.</summary>
    /// <param name="pca">Of the training rows.</param>
    /// <param name="sigma">σ of the decoder; <see langword="null"/>: learned.</param>
    internal virtual LinearSolution ClosedForm(PrincipalComponents pca, double? sigma) =>
        throw new NotSupportedException($"{this} has no closed form.");

    /// <summary>The same variable with another number of dimensions; <see langword="null"/>: they are not one number.</summary>
    internal virtual VaeLatent? WithDimension(int dimension) => null;

    internal abstract IEnumerable<string> Faults();

    /// <summary>Whether the encoder can give what it takes; asked where neither has faults of its own.</summary>
    internal virtual IEnumerable<string> FaultsWith(VaeArchitecture architecture) => [];
}
