using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>z ~ Σ π_c N(μ_c, diag σ_c²), q(z | x) = N(mean(x), diag σ²(x)); see <see cref="VaeLatent.GaussianMixture"/>.</summary>
/// <remarks>
/// <para>
/// The KL term is a closed form, with nothing sampled: KL(q ‖ p) ≤ −ln Σ_c π_c exp(−KL(q ‖ N(μ_c, diag σ_c²))) (the variational bound of
/// Hershey and Olsen 2007, for one Gaussian against several). It is the bound of VaDE (Jiang et al. 2017) at the best q(c | x), which are
/// the component probabilities, q(c | x) ∝ π_c exp(−KL(q ‖ N(μ_c, diag σ_c²))).
/// </para>
/// <para>
/// A mixture that starts at random ends with all rows in few components. The first epochs therefore train a Gaussian variational
/// autoencoder whose KL term weighs less; the components then start from clusters of its codes (Ward 1963), and the rest of the epochs
/// train the whole bound.
/// </para>
/// </remarks>
public sealed record GaussianMixtureLatent : VaeLatent
{
    /// <summary>Components when none are given.</summary>
    internal const int DefaultComponents = 10;

    /// <summary>Most components allowed.</summary>
    internal const int MaximumComponents = 1_000;

    /// <summary>Share of the epochs that pretrains when none is given.</summary>
    internal const double DefaultPretrainingFraction = 0.25;

    /// <summary>Largest share of the epochs that may pretrain.</summary>
    internal const double MaximumPretrainingFraction = 0.9;

    /// <summary>Number of latent dimensions, 1 to 4,096.</summary>
    /// <value>Default: 8.</value>
    public int Dimension { get; init; } = GaussianLatent.DefaultDimension;

    /// <summary>
    /// Components, 1 to 1,000: the groups to look for. A step takes memory for rows · components · dimensions numbers, several times over.
    /// </summary>
    /// <value>Default: 10.</value>
    public int Components { get; init; } = DefaultComponents;

    /// <summary>
    /// Share of the epochs that pretrains, 0 to 0.9, rounded up and never all of them. These are in no comparison of epochs: early
    /// stopping, and the search for the best one, begin after them. 0: the components start at random.
    /// </summary>
    /// <value>Default: 0.25.</value>
    public double PretrainingFraction { get; init; } = DefaultPretrainingFraction;

    internal override VaeLatentKind Kind => VaeLatentKind.GaussianMixture;

    internal override VaeLatent WithDimension(int dimension) => this with { Dimension = dimension };

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new MixtureVariable(GaussianHead.OfPosterior(surroundings, Dimension, parameters, random), this, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        if (Dimension is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range("latentDimension", Dimension, 1, GaussianLatent.MaximumDimension);
        if (Components is < 1 or > MaximumComponents)
            yield return OptionFaults.Range(nameof(Components), Components, 1, MaximumComponents);
        if (!(PretrainingFraction is >= 0 and <= MaximumPretrainingFraction))
            yield return OptionFaults.Range(nameof(PretrainingFraction), PretrainingFraction, 0, MaximumPretrainingFraction);
    }
}
