using System.Collections.Immutable;

namespace MLNet.Vae;

/// <summary>What the dimensions of a code tell about one factor; see <see cref="VaeDisentanglement"/>.</summary>
public sealed record VaeFactorScores
{
    internal VaeFactorScores() { }

    /// <summary>The factor.</summary>
    public required string Name { get; init; }

    /// <summary>Its entropy, nats, of an ordered one after binning.</summary>
    public required double Entropy { get; init; }

    /// <summary>Its mutual information with each dimension, nats, <c>[dimensions]</c>, from 0 to <see cref="Entropy"/>.</summary>
    public required ImmutableArray<double> MutualInformation { get; init; }

    /// <summary>
    /// How well each dimension alone predicts it, <c>[dimensions]</c>: R² of an ordered factor; of a categorical one the balanced accuracy
    /// of thresholds, which is one over the number of classes where nothing is told.
    /// </summary>
    public required ImmutableArray<double> Predictability { get; init; }

    /// <summary>
    /// What each dimension counts in the sparse linear prediction of it, <c>[dimensions]</c>: shares that sum to 1, or all 0 where nothing
    /// predicts it.
    /// </summary>
    public required ImmutableArray<double> Importance { get; init; }

    /// <summary>
    /// Mutual information of the best dimension less that of the second, over the entropy: its part in
    /// <see cref="VaeDisentanglementScores.Mig"/>.
    /// </summary>
    public required double Mig { get; init; }

    /// <summary>
    /// Predictability from the best dimension less that from the second: its part in <see cref="VaeDisentanglementScores.Sap"/>.
    /// </summary>
    public required double Sap { get; init; }

    /// <summary>
    /// 1 where one dimension has all of the importance, 0 where all dimensions have as much: its part in
    /// <see cref="VaeDisentanglementScores.Completeness"/>.
    /// </summary>
    public required double Completeness { get; init; }

    /// <summary>
    /// How well all dimensions together predict it on rows held out, 0 to 1: its part in
    /// <see cref="VaeDisentanglementScores.Informativeness"/>.
    /// </summary>
    public required double Informativeness { get; init; }

    /// <summary>Its name and the four figures.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Name}: MIG {Mig:F3}, SAP {Sap:F3}, completeness {Completeness:F3}, informativeness {Informativeness:F3}"
        );
}
