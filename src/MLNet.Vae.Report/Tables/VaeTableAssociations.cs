using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// Associations of all pairs of columns. A missing number leaves its row out of the pair, a missing category is a category; a column
/// without variation has association 0 with each other one.
/// </summary>
public sealed record VaeTableAssociations
{
    /// <summary>Most of <see cref="WorstPairs"/>.</summary>
    public const int MaximumPairs = 5;

    /// <summary>
    /// Rows of each table, drawn at random: as many of all, as the measures of few rows lie higher than those of many.
    /// </summary>
    public required int Rows { get; init; }

    /// <summary>Of real rows, <c>[columns][columns]</c> in the order of <see cref="VaeTableQuality.Columns"/>, 1 on the diagonal.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Real { get; init; }

    /// <summary>Of synthetic rows, as <see cref="Real"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Synthetic { get; init; }

    /// <summary>Mean over pairs of |real − synthetic|; NaN where there is one column alone.</summary>
    public required double Error { get; init; }

    /// <summary>The same of held-out rows in the place of synthetic ones: what sampling alone gives.</summary>
    public required double HeldOutError { get; init; }

    /// <summary>
    /// The same of the real rows themselves with the values of each column in another random order: what a model that has each column right
    /// and no relation between them gives.
    /// </summary>
    public required double IndependentError { get; init; }

    /// <summary>Those of the greatest error, the greatest first.</summary>
    public required IReadOnlyList<VaeTableAssociation> WorstPairs { get; init; }

    /// <summary>What that says, in words.</summary>
    public string Verdict => TableVerdicts.Of(this);
}
