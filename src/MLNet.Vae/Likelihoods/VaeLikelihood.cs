using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>p(x | z): what the decoder's output means.</summary>
public abstract record VaeLikelihood
{
    private protected VaeLikelihood()
    {
    }

    /// <summary>N(x̂, σ²) with one σ for all features, learned (Rybkin, Daniilidis and Levine 2021).</summary>
    public static GaussianLikelihood Gaussian { get; } = new();

    /// <summary>N(x̂, σ²) with σ fixed.</summary>
    /// <param name="sigma">Standard deviation in normalised units, above 0.</param>
    public static GaussianLikelihood GaussianWithSigma(double sigma) => new() { Sigma = sigma };

    /// <summary>
    /// Squared error Σ (x − x̂)², the loss of a plain autoencoder and, with λ as <see cref="VaeObjective.Beta"/>, that of the lectures'
    /// Σ (x − x̂)² + λ KL: the Gaussian whose variance is ½, since −ln N(x; x̂, ½) = (x − x̂)² + ½ ln π. With ½ Σ (x − x̂)² the variance is
    /// 1: <see cref="GaussianWithSigma"/>(1). A fixed σ counts in normalised units: with <see cref="VaeNormalization.None"/> in those of
    /// the features.
    /// </summary>
    public static GaussianLikelihood SquaredError { get; } = new() { Sigma = Math.Sqrt(0.5) };

    /// <summary>
    /// N(x̂, σ²) with x̂ = sigmoid(decoder output), for features in [0, 1] such as intensities of pixels: the squared error of a network
    /// with a sigmoid output (Rumelhart, Hinton and Williams 1986). One σ for all features, learned unless
    /// <see cref="GaussianUnitIntervalLikelihood.Sigma"/> is set.
    /// </summary>
    public static GaussianUnitIntervalLikelihood GaussianUnitInterval { get; } = new();

    /// <summary>Bernoulli(p) for features in [0, 1]: binary columns, or intensities read as probabilities.</summary>
    public static BernoulliLikelihood Bernoulli { get; } = new();

    /// <summary>
    /// N(x̂, diag σ²) with one σ per feature, learned: with a linear architecture this is factor analysis (Rubin and Thayer 1982). For
    /// features that are not equally noisy.
    /// </summary>
    public static GaussianPerFeatureLikelihood GaussianPerFeature { get; } = new();

    /// <summary>
    /// N(x̂, diag σ²) with x̂ and σ both given by the decoder, so that noise may differ from row to row (Kingma and Welling 2014, appendix
    /// C.2). No σ is below 0.001.
    /// </summary>
    public static GaussianPerRowLikelihood GaussianPerRow { get; } = new();

    /// <summary>
    /// Poisson(λ), ln λ given by the decoder, for counts: whole numbers from 0. Under <see cref="VaeNormalization.Auto"/> the encoder
    /// reads their standardised ln(1 + x).
    /// </summary>
    public static PoissonLikelihood Poisson { get; } = new();

    /// <summary>
    /// Negative binomial of mean μ, ln μ given by the decoder, and variance μ + μ²/r, r learned, one for each feature, for counts that
    /// vary more than <see cref="Poisson"/> has it (Lopez et al. 2018, scVI). Under <see cref="VaeNormalization.Auto"/> the encoder reads
    /// standardised ln(1 + x).
    /// </summary>
    public static NegativeBinomialLikelihood NegativeBinomial { get; } = new();

    /// <summary>
    /// Student's t around x̂, with one scale for all features, learned (Lange, Little and Taylor 1989): heavy tails, so that a few values
    /// far out do not pull the model towards them.
    /// </summary>
    /// <param name="degreesOfFreedom">ν, 1 to 1,000,000: the smaller, the heavier the tails; <see langword="null"/>: learned.</param>
    public static StudentTLikelihood StudentT(double? degreesOfFreedom = null) => new() { DegreesOfFreedom = degreesOfFreedom };

    /// <summary>
    /// Categorical(softmax(l)) over all slots it is given, which are one group: a one-hot vector, or probabilities that sum to 1. In
    /// general one part of a <see cref="Mixed"/> likelihood. As the likelihood of a target whose features are a key it takes a key too, or
    /// a sparse vector of counts: see <see cref="VaeOptions.LinkEmbedding"/>.
    /// </summary>
    public static CategoricalLikelihood Categorical { get; } = new();

    /// <summary>
    /// A likelihood for each column that went into the features: ln p(x | z) is the sum over the parts, and every epoch reports each part's
    /// nats (<see cref="VaeEpoch.ReconstructionPerPart"/>). Under <see cref="VaeNormalization.Auto"/> each part is scaled as its likelihood
    /// asks.
    /// </summary>
    /// <param name="parts">
    /// Name, number of slots and likelihood of each column, in the order in which they were concatenated. Together they cover the features
    /// exactly; <c>Fit</c> says where they do not. A part cannot be mixed itself.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="parts"/> is null.</exception>
    public static MixedLikelihood Mixed(params (string Name, int Count, VaeLikelihood Likelihood)[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new(parts);
    }

    /// <summary>
    /// Sequences of tokens of different lengths: Σ ln p(x_t | x_1, …, x_{t−1}, z), the end among them, by a recurrent decoder (Bowman
    /// et al. 2016). With <see cref="VaeArchitecture.Sequence"/>.
    /// </summary>
    /// <param name="maximumLength">The most tokens of a row, 1 to 512.</param>
    public static SequenceLikelihood Sequence(int maximumLength) => new() { MaximumLength = maximumLength };

    internal abstract string Describe();

    /// <summary>The density to train.</summary>
    /// <param name="features">Values of a row that it is given.</param>
    /// <param name="parameters">Takes what it learns itself.</param>
    internal abstract OutputLikelihood Create(int features, ParameterVector parameters);

    /// <summary>The density to train, of such rows.</summary>
    /// <param name="layout">Of a row.</param>
    /// <param name="parameters">Takes what it learns itself.</param>
    /// <param name="random">Draws what it starts from.</param>
    internal virtual OutputLikelihood Create(RowLayout layout, ParameterVector parameters, Generator random)
        => Create(layout.Reconstructed, parameters);

    /// <summary>The most tokens of a row, where a row is a sequence; <see langword="null"/>: it is none.</summary>
    internal virtual int? SequenceLength => null;

    /// <summary>
    /// Parameters of a feature, where the decoder gives the first of all features, then the second of all; <see langword="null"/>: it gives
    /// them otherwise.
    /// </summary>
    internal virtual int? ParametersPerFeature => 1;

    /// <summary>What <see cref="VaeNormalization.Auto"/> stands for in the values whose density it is.</summary>
    internal abstract VaeNormalization AutomaticNormalization { get; }

    /// <summary>
    /// How the encoder reads features under <see cref="VaeNormalization.Auto"/> where they are what is reconstructed: as the likelihood
    /// sees them, unless it says otherwise.
    /// </summary>
    internal virtual InputNormalization AutomaticInput => new(AutomaticNormalization);

    /// <summary>The likelihood of one of the slots that are reconstructed: its own or, of a mixed one, that of the part.</summary>
    internal virtual VaeLikelihood OfSlot(int slot) => this;

    /// <summary>Whether the features are measured on a scale, so that a distance between rows means something.</summary>
    internal virtual bool HasDistance => false;

    /// <summary>Whether some of the features stand for a category.</summary>
    internal virtual bool HasCategories => false;

    /// <summary>Whether what is reconstructed may be a key: one of many categories.</summary>
    internal virtual bool TakesKeys => false;

    /// <summary>Drawn in each step of training to stand for all categories but a row's own, where they are read as keys.</summary>
    internal virtual int NegativesOfStep => 0;

    internal virtual IEnumerable<string> Faults(VaeNormalization normalization) => [];

    /// <summary>What the values must be.</summary>
    /// <param name="start">First slot.</param>
    /// <param name="count">Slots.</param>
    /// <param name="part">What they are called, where they are a part of a row.</param>
    /// <param name="normalization">As the options give it.</param>
    internal virtual IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization) => [];
}
