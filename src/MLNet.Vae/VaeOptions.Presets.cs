namespace MLNet.Vae;

/// <content>Familiar models by name: each is one choice on the axes, and anything else can be changed with a <c>with</c>
/// expression.</content>
public sealed partial record VaeOptions
{
    private const double FeaturesHidden = 0.2;

    /// <summary>
    /// One linear layer each way and squared error: principal components (Bourlard and Kamp 1988), from which training starts, see
    /// <see cref="VaeInitialization.Auto"/>.
    /// </summary>
    /// <param name="dimension">Length of the code, 1 to 4,096.</param>
    public static VaeOptions LinearAutoencoder(int dimension)
        => new() { Architecture = VaeArchitecture.Linear, Latent = VaeLatent.Deterministic(dimension) };

    /// <summary>A shallow or deep autoencoder (Hinton and Salakhutdinov 2006).</summary>
    /// <param name="dimension">Length of the code, 1 to 4,096.</param>
    /// <param name="hiddenSizes">Units of the hidden layers, from the features to the code; none given: 128, 64.</param>
    public static VaeOptions Autoencoder(int dimension, params int[] hiddenSizes)
        => new() { Architecture = VaeArchitecture.Mlp(hiddenSizes), Latent = VaeLatent.Deterministic(dimension) };

    /// <summary>
    /// A shallow autoencoder for features in [0, 1]: one layer of sigmoid units is the code, one with a sigmoid output makes the row again,
    /// and the loss is the squared error (Rumelhart, Hinton and Williams 1986). Sigmoid units learn slowly, so the learning rate is ten
    /// times the usual one.
    /// </summary>
    /// <param name="dimension">Length of the code, 1 to 4,096.</param>
    public static VaeOptions ShallowAutoencoder(int dimension) => new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Deterministic(dimension) with { Activation = MLNet.Vae.Activation.Sigmoid },
        Likelihood = VaeLikelihood.GaussianUnitInterval with { Sigma = VaeLikelihood.SquaredError.Sigma },
        Training = new() { LearningRate = 0.01 },
    };

    /// <summary>An autoencoder whose units are active for few rows each: the KL form of Ng 2011, with a sigmoid code.</summary>
    /// <param name="dimension">Length of the code, 1 to 4,096; it may exceed the number of features.</param>
    /// <param name="rho">Target of each unit's mean activation, above 0 and below 1.</param>
    /// <param name="weight">Weight of the penalty, above 0.</param>
    public static VaeOptions SparseAutoencoder(int dimension, double rho = 0.05, double weight = 10) =>
        new()
        {
            Latent = VaeLatent.Deterministic(dimension) with
            {
                Activation = MLNet.Vae.Activation.Sigmoid,
                Sparsity = VaeSparsity.KlToTarget(rho, weight),
            },
        };

    /// <summary>An autoencoder that restores corrupted rows (Vincent et al. 2008).</summary>
    /// <param name="dimension">Length of the code, 1 to 4,096.</param>
    /// <param name="corruption">How rows are corrupted in training, such as <see cref="VaeCorruption.Masking"/>.</param>
    public static VaeOptions DenoisingAutoencoder(int dimension, VaeCorruption corruption)
        => new() { Latent = VaeLatent.Deterministic(dimension), Corruption = corruption };

    /// <summary>
    /// Features for a learner that has few labels: an autoencoder that restores rows of which a fifth of the values is hidden (Vincent et
    /// al. 2008), without the KL term that keeps a row's features few; pixels and one-hot columns are scaled together,
    /// <see cref="VaeNormalization.StandardizeShared"/>. It has no σ and nothing to sample from.
    /// </summary>
    /// <param name="dimension">Number of features, 1 to 4,096.</param>
    public static VaeOptions Features(int dimension) => new()
    {
        Latent = VaeLatent.Deterministic(dimension),
        Corruption = VaeCorruption.Masking(FeaturesHidden),
        Normalization = VaeNormalization.StandardizeShared,
    };

    /// <summary>A variational autoencoder with a weighted KL term (Higgins et al. 2017).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="beta">β, 0 to 1,000,000.</param>
    public static VaeOptions BetaVae(int dimension, double beta)
        => new() { Latent = VaeLatent.Gaussian(dimension), Objective = new() { Beta = beta } };

    /// <summary>
    /// A variational autoencoder with the loss Σ (x − x̂)² + λ KL, in the units of the features: the bound of a Gaussian decoder with
    /// variance ½ and β = λ, but for a constant (Higgins et al. 2017). With a larger λ codes lie closer to N(0, I), and reconstructions
    /// are coarser.
    /// </summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="lambda">λ, 0 to 1,000,000.</param>
    public static VaeOptions SquaredErrorVae(int dimension, double lambda = 1) => new()
    {
        Latent = VaeLatent.Gaussian(dimension),
        Likelihood = VaeLikelihood.SquaredError,
        Normalization = VaeNormalization.None,
        Objective = new() { Beta = lambda },
    };

    /// <summary>A variational autoencoder trained on a tighter bound (Burda, Grosse and Salakhutdinov 2016).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="samples">K, samples of z per row and step, 1 to 10,000.</param>
    public static VaeOptions ImportanceWeightedAutoencoder(int dimension, int samples)
        => new() { Latent = VaeLatent.Gaussian(dimension), Objective = new() { Samples = samples, ImportanceWeighted = true } };

    /// <summary>A variational autoencoder conditioned on a label or other columns (Sohn, Lee and Yan 2015).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="conditionColumnName">
    /// The column of the condition: a key, <c>Boolean</c>, <c>Single</c>, <c>Double</c>, or a vector of numbers of known size.
    /// </param>
    /// <param name="learnedPrior">Whether the prior depends on the condition.</param>
    public static VaeOptions ConditionalVae(int dimension, string conditionColumnName, bool learnedPrior = false) =>
        new()
        {
            Latent = VaeLatent.Gaussian(dimension),
            Condition = new() { ColumnName = conditionColumnName, LearnedPrior = learnedPrior },
        };

    /// <summary>A variational autoencoder whose prior has clusters (Jiang et al. 2017).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="components">Clusters, 1 to 1,000.</param>
    public static VaeOptions GaussianMixtureVae(int dimension, int components)
        => new() { Latent = VaeLatent.GaussianMixture(dimension, components) };

    /// <summary>
    /// A variational autoencoder whose codes fall on the entries of a codebook (van den Oord, Vinyals and Kavukcuoglu 2017).
    /// </summary>
    /// <param name="codebookSize">Entries of the codebook, 2 to 65,536.</param>
    /// <param name="codeDimension">Length of an entry.</param>
    /// <param name="codes">Entries that stand for a row.</param>
    public static VaeOptions VectorQuantizedVae(int codebookSize, int codeDimension, int codes = 1)
        => new() { Latent = VaeLatent.VectorQuantized(codebookSize, codeDimension, codes) };

    /// <summary>A variational autoencoder with several levels of latent variables (Sønderby et al. 2016).</summary>
    /// <param name="dimensions">Latent dimensions of each level, from the one next to the data up.</param>
    public static VaeOptions HierarchicalVae(params int[] dimensions)
        => new() { Latent = VaeLatent.Hierarchical(dimensions) };

    /// <summary>A variational autoencoder of pictures, with convolutions.</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="height">Rows of a picture.</param>
    /// <param name="width">Columns of a picture.</param>
    /// <param name="channels">1 for grey, 3 for colours.</param>
    public static VaeOptions ConvolutionalVae(int dimension, int height, int width, int channels = 1)
        => new() { Architecture = VaeArchitecture.Convolutional(height, width, channels), Latent = VaeLatent.Gaussian(dimension) };

    /// <summary>
    /// A variational autoencoder of sequences of tokens such as text by characters, notes or events (Bowman et al. 2016). The KL term is
    /// warmed up over 20 epochs, so that the code is in use before it costs.
    /// </summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    /// <param name="maximumLength">The most tokens of a row, 1 to 512.</param>
    public static VaeOptions Sequences(int dimension, int maximumLength) => new()
    {
        Architecture = VaeArchitecture.Sequence(),
        Latent = VaeLatent.Gaussian(dimension),
        Likelihood = VaeLikelihood.Sequence(maximumLength),
        Objective = new() { WarmUpEpochs = 20 },
    };

    /// <summary>Probabilistic principal component analysis in closed form, with no step of training (Tipping and Bishop 1999).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to the number of features.</param>
    public static VaeOptions ProbabilisticPca(int dimension) => new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(dimension),
        Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
    };

    /// <summary>
    /// A dense vector for each category, from the columns it comes with: categories with like contexts get like vectors. Linear both ways:
    /// a category has a vector of its own whatever layers come before, and a linear decoder keeps like contexts together where a deeper
    /// one learns few rows by heart. Of very many links in place of a context: <see cref="LinkEmbedding"/>.
    /// </summary>
    /// <param name="dimension">Length of the vectors, 1 to 4,096.</param>
    /// <param name="categoryColumnName">A key column, or one of one-hot vectors.</param>
    /// <param name="contextColumnName">What the category is to predict, a vector of numbers of known size.</param>
    public static VaeOptions CategoryEmbedding(int dimension, string categoryColumnName, string contextColumnName)
        => new()
        {
            InputColumnName = categoryColumnName,
            TargetColumnName = contextColumnName,
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(dimension),
            Training = new() { LearningRate = 0.01 },
        };

    /// <summary>
    /// A dense vector for each category, from the links that it has, of very many: books by the pages that they link to, products by the
    /// baskets that they lie in. Every pair of a category and a link is a row of training, with sampled negatives (Mikolov et al. 2013), so
    /// that memory and steps grow with the links there are and not with the product of the numbers of categories and links.
    /// </summary>
    /// <remarks>
    /// β counts for a category: its code is one for all its links, so each pair bears its share of the KL, and 1 is the bound. It is 2
    /// here: of few links for each category the bound learns some by heart, and the neighbours are better for a little less.
    /// </remarks>
    /// <param name="dimension">Length of the vectors, 1 to 4,096.</param>
    /// <param name="categoryColumnName">A key column.</param>
    /// <param name="linkColumnName">
    /// A key, one link a row, or a vector of numbers of known size, sparse as a rule: how often the category has each link.
    /// </param>
    public static VaeOptions LinkEmbedding(int dimension, string categoryColumnName, string linkColumnName) => new()
    {
        InputColumnName = categoryColumnName,
        TargetColumnName = linkColumnName,
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(dimension),
        Likelihood = VaeLikelihood.Categorical,
        Objective = new() { Beta = 2 },
        Training = new() { BatchSize = 1024, LearningRate = 0.01 },
    };
}
