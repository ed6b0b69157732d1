using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// How like a real table a synthetic one is, and what it gives away: see <see cref="VaeTableReport"/>. <c>ToString()</c> is a table.
/// Immutable; safe for use by several threads at once.
/// </summary>
public sealed record VaeTableQuality
{
    /// <summary>Of all quantiles here: 0, 1, 5, 10, 25, 50, 75, 90, 95, 99 and 100 %.</summary>
    public static IReadOnlyList<double> Probabilities { get; } = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

    /// <summary>Rows of training.</summary>
    public required VaeTableSample Real { get; init; }

    /// <summary>Real rows that the model was not trained on.</summary>
    public required VaeTableSample HeldOut { get; init; }

    /// <summary>Rows that the model made.</summary>
    public required VaeTableSample Synthetic { get; init; }

    /// <summary>Columns that are not compared, and why, a sentence each.</summary>
    public required IReadOnlyList<string> SetAside { get; init; }

    /// <summary>Each column by itself.</summary>
    public required IReadOnlyList<VaeColumnComparison> Columns { get; init; }

    /// <summary>Pairs of columns.</summary>
    public required VaeTableAssociations Associations { get; init; }

    /// <summary>
    /// Whether synthetic rows are told from real ones; <see langword="null"/> where a view has fewer than
    /// <see cref="VaeTableDetection.MinimumRows"/>.
    /// </summary>
    public required VaeTableDetection? Detection { get; init; }

    /// <summary>
    /// What synthetic rows are worth to a learner; <see langword="null"/> without a label, or where a view has fewer than
    /// <see cref="VaeTableDetection.MinimumRows"/> rows that have one.
    /// </summary>
    public required VaeTableUtility? Utility { get; init; }

    /// <summary>How near synthetic rows lie to those of training.</summary>
    public required VaeTablePrivacy Privacy { get; init; }

    /// <summary>What <see cref="Columns"/> say, in words.</summary>
    public string ColumnsVerdict => TableVerdicts.OfColumns(this);

    /// <summary>All figures but those of single categories and quantiles, as lines of text.</summary>
    public override string ToString() => TableText.Of(this);
}
