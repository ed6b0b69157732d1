using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// Whether synthetic rows lie nearer to rows of training than held-out rows do, which the model cannot have copied. Distances are Gower's
/// (1971): of numbers |Δ| / range of the real rows, at most 1; of categories 0 or 1; 0 where both are missing and 1 where one is; the mean
/// over columns.
/// </summary>
/// <remarks>
/// A table of few categories has copies by chance, and held-out rows have as many of them: what counts is the difference. It is no proof
/// of privacy, nor a measure of it in the sense of differential privacy.
/// </remarks>
public sealed record VaeTablePrivacy
{
    /// <summary>Most of <see cref="Copies"/>.</summary>
    public const int MaximumCopies = 10;

    /// <summary>Synthetic rows whose closest training row was looked for, drawn at random.</summary>
    public required int SyntheticRows { get; init; }

    /// <summary>Held-out rows whose closest training row was looked for, drawn at random.</summary>
    public required int HeldOutRows { get; init; }

    /// <summary>Training rows among which it was looked for, the same for both.</summary>
    public required int RealRows { get; init; }

    /// <summary>Quantiles of synthetic rows' distances, 0 to 1, at <see cref="VaeTableQuality.Probabilities"/>.</summary>
    public required IReadOnlyList<double> SyntheticDistances { get; init; }

    /// <summary>Quantiles of held-out rows' distances.</summary>
    public required IReadOnlyList<double> HeldOutDistances { get; init; }

    /// <summary>The 5 % quantile of held-out rows' distances.</summary>
    public required double NearDistance { get; init; }

    /// <summary>The share of synthetic rows that lie nearer than <see cref="NearDistance"/>, 0 to 1.</summary>
    public required double SyntheticNearShare { get; init; }

    /// <summary>The same of held-out rows: 5 %, or less where several lie just there.</summary>
    public required double HeldOutNearShare { get; init; }

    /// <summary>Synthetic rows, of all that were read, that equal a training row; looked for among all rows of training.</summary>
    public required int SyntheticCopies { get; init; }

    /// <summary>Held-out rows, of all that were read, that equal a training row.</summary>
    public required int HeldOutCopies { get; init; }

    /// <summary>The share of synthetic rows that equal a training row, 0 to 1.</summary>
    public required double SyntheticCopyShare { get; init; }

    /// <summary>The share of held-out rows that equal a training row, 0 to 1.</summary>
    public required double HeldOutCopyShare { get; init; }

    /// <summary>
    /// Copies, those that no held-out row equals and of the rarest training rows first; none where
    /// <see cref="SyntheticCopyShare"/> is not above <see cref="HeldOutCopyShare"/>.
    /// </summary>
    public required IReadOnlyList<VaeTableCopy> Copies { get; init; }

    /// <summary>
    /// (<see cref="SyntheticNearShare"/> − <see cref="HeldOutNearShare"/>) in standard errors of it; 0 where both are 0.
    /// </summary>
    public required double NearShareDeviations { get; init; }

    /// <summary>
    /// (<see cref="SyntheticCopyShare"/> − <see cref="HeldOutCopyShare"/>) in standard errors of it; 0 where both are 0.
    /// </summary>
    public required double CopyShareDeviations { get; init; }

    /// <summary>What that says, in words.</summary>
    public string Verdict => TableVerdicts.Of(this);
}
