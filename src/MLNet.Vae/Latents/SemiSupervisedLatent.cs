using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// A class y, known of some rows, and z ~ N(0, I), which holds what the class does not say; see <see cref="VaeLatent.SemiSupervised"/>.
/// </summary>
public sealed record SemiSupervisedLatent : VaeLatent
{
    /// <summary>Latent dimensions when none are given (Kingma et al. 2014, section 4.1).</summary>
    internal const int DefaultDimension = 50;

    /// <summary>Weight of the classification term when none is given.</summary>
    internal const double DefaultClassificationWeight = 10;

    /// <summary>Largest weight of the classification term allowed.</summary>
    internal const double MaximumClassificationWeight = 1e6;

    /// <summary>Share of labelled rows when none is given.</summary>
    internal const double DefaultLabelledShare = 0.1;

    /// <summary>Largest share of labelled rows allowed.</summary>
    internal const double MaximumLabelledShare = 0.9;

    /// <summary>Number of latent dimensions beside the class, 1 to 4,096.</summary>
    /// <value>Default: 50.</value>
    public int Dimension { get; init; } = DefaultDimension;

    /// <summary>
    /// α of α · (−ln q(y | x)), the mean over the labelled rows of a batch, beside the bound, which teaches q(y | x) nothing of rows whose
    /// label is known (Kingma et al. 2014, eq. 9), 0 to 1,000,000.
    /// </summary>
    /// <value>Default: 10.</value>
    public double ClassificationWeight { get; init; } = DefaultClassificationWeight;

    /// <summary>
    /// Share of the labelled among the rows of an epoch, 0 to 0.9: where they are fewer, they come as often as it takes, so that batches
    /// have some. 0: each row comes once.
    /// </summary>
    /// <value>Default: 0.1.</value>
    public double LabelledShare { get; init; } = DefaultLabelledShare;

    internal override VaeLatentKind Kind => VaeLatentKind.SemiSupervised;

    internal override bool NeedsLabels => true;

    internal override double LabelledShareOfRows => LabelledShare;

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new ClassVariable(surroundings, this, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        if (Dimension is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range("latentDimension", Dimension, 1, GaussianLatent.MaximumDimension);
        if (!(ClassificationWeight is >= 0 and <= MaximumClassificationWeight))
            yield return OptionFaults.Range(nameof(ClassificationWeight), ClassificationWeight, 0, MaximumClassificationWeight);
        if (!(LabelledShare is >= 0 and <= MaximumLabelledShare))
            yield return OptionFaults.Range(nameof(LabelledShare), LabelledShare, 0, MaximumLabelledShare);
    }
}
