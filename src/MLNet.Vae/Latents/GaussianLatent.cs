using MLNet.Vae.Initialization;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>z ~ N(0, I), q(z | x) = N(mean(x), diag σ²(x)); see <see cref="VaeLatent.Gaussian"/>.</summary>
public sealed record GaussianLatent : VaeLatent
{
    /// <summary>Latent dimensions when none are given.</summary>
    public const int DefaultDimension = 8;

    /// <summary>Most latent dimensions allowed.</summary>
    internal const int MaximumDimension = 4_096;

    /// <summary>
    /// Number of latent dimensions, 1 to 4,096. More than the data needs are left unused, see <see cref="VaeEpoch.ActiveUnits"/>.
    /// </summary>
    /// <value>Default: 8.</value>
    public int Dimension { get; init; } = DefaultDimension;

    internal override VaeLatentKind Kind => VaeLatentKind.Gaussian;

    internal override VaeLatent WithDimension(int dimension) => this with { Dimension = dimension };

    internal override int? ClosedFormDimension => Dimension;

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new GaussianVariable(
            GaussianHead.OfPosterior(surroundings, Dimension, parameters, random),
            surroundings.LearnedPrior
                ? new LearnedPrior(
                    surroundings.Architecture.Prior(surroundings.Condition, parameters, random),
                    Dimension,
                    parameters,
                    random
                )
                : null
        );

    internal override LinearSolution ClosedForm(PrincipalComponents pca, double? sigma) => PcaSolution.Probabilistic(pca, Dimension, sigma);

    internal override IEnumerable<string> Faults()
    {
        if (Dimension is < 1 or > MaximumDimension)
            yield return OptionFaults.Range("latentDimension", Dimension, 1, MaximumDimension);
    }
}
