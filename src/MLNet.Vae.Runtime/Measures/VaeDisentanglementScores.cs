using System.Collections.Immutable;

namespace MLNet.Vae;

/// <summary>
/// How far the dimensions of a code keep known factors apart; see <see cref="VaeDisentanglement"/>. All from 0 to 1, higher is better.
/// </summary>
public sealed record VaeDisentanglementScores
{
    internal VaeDisentanglementScores() { }

    /// <summary>
    /// The β-VAE score (Higgins et al. 2017, section 3): how often a linear classifier tells from mean differences of codes which factor
    /// the pairs of rows had in common, on draws held out. Chance is one over the number of factors.
    /// </summary>
    public required double BetaVae { get; init; }

    /// <summary>The mutual information gap (Chen et al. 2018, equation 6), mean over the factors.</summary>
    public required double Mig { get; init; }

    /// <summary>
    /// Separated attribute predictability (Kumar et al. 2018, section 3), mean over the factors; at most (classes − 1) / classes for a
    /// categorical one.
    /// </summary>
    public required double Sap { get; init; }

    /// <summary>
    /// DCI disentanglement (Eastwood and Williams 2018, section 2): 1 where each dimension serves one factor alone; mean over the
    /// dimensions, weighted by what they serve at all.
    /// </summary>
    public required double Disentanglement { get; init; }

    /// <summary>
    /// DCI completeness (same place): 1 where each factor is served by one dimension alone; mean over the factors, 0 for one that nothing
    /// predicts.
    /// </summary>
    public required double Completeness { get; init; }

    /// <summary>
    /// DCI informativeness (same place, as skill instead of error): mean over the factors of R² or, of a categorical one, of (accuracy −
    /// share of its commonest class) / (1 − that share), on rows held out, at least 0.
    /// </summary>
    public required double Informativeness { get; init; }

    /// <summary>The parts of these figures, one entry for each factor in the order given.</summary>
    public required ImmutableArray<VaeFactorScores> Factors { get; init; }

    /// <summary>DCI disentanglement of each dimension, <c>[dimensions]</c>; 0 for one that serves no factor.</summary>
    public required ImmutableArray<double> DimensionDisentanglement { get; init; }

    /// <summary>The six figures in a line.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"β-VAE {BetaVae:F3}, MIG {Mig:F3}, SAP {Sap:F3}, disentanglement {Disentanglement:F3}, completeness {Completeness:F3}, ")
                + FormattableString.Invariant($"informativeness {Informativeness:F3}"
        );
}
