namespace MLNet.Vae;

/// <summary>One column, real against synthetic, and real against held-out beside it.</summary>
public sealed record VaeColumnComparison
{
    /// <summary>The column's.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required VaeColumnComparisonKind Kind { get; init; }

    /// <summary>
    /// Between real and synthetic rows, 0 to 1. Of categories the total variation distance ½ Σ |p − q|, where a missing value is one of
    /// them; of numbers the two-sample Kolmogorov–Smirnov distance max |F − G| of those that are there, 1 where one side has none.
    /// </summary>
    public required double Distance { get; init; }

    /// <summary>The same between real and held-out rows: what sampling alone gives.</summary>
    public required double HeldOutDistance { get; init; }

    /// <summary>The share of real rows whose value is missing, 0 to 1.</summary>
    public required double RealMissingShare { get; init; }

    /// <summary>The share of synthetic rows whose value is missing, 0 to 1.</summary>
    public required double SyntheticMissingShare { get; init; }

    /// <summary>Real numbers; <see langword="null"/> of categories.</summary>
    public required VaeTableNumbers? RealNumbers { get; init; }

    /// <summary>Synthetic numbers; <see langword="null"/> of categories.</summary>
    public required VaeTableNumbers? SyntheticNumbers { get; init; }

    /// <summary>
    /// Those that are most often there, in real and synthetic rows together, up to <see cref="MaximumCategories"/>; none of numbers.
    /// </summary>
    public required IReadOnlyList<VaeTableCategory> Categories { get; init; }

    /// <summary>How many categories there are among the real rows, a missing value counted as one.</summary>
    public required int RealCategories { get; init; }

    /// <summary>
    /// Synthetic rows whose number lies outside the range of the real rows that were read, or whose category none of them has.
    /// </summary>
    public required int UnseenRows { get; init; }

    /// <summary>The same of held-out rows.</summary>
    public required int HeldOutUnseenRows { get; init; }

    /// <summary>
    /// Values of <see cref="UnseenRows"/>, those farthest out or most often there first, up to <see cref="MaximumExamples"/>.
    /// </summary>
    public required IReadOnlyList<string> UnseenValues { get; init; }

    /// <summary>
    /// Synthetic rows whose number is not whole, in a column of <see cref="VaeColumnComparisonKind.WholeNumber"/>; else 0.
    /// </summary>
    public required int FractionalRows { get; init; }

    /// <summary>Most of <see cref="Categories"/>.</summary>
    public const int MaximumCategories = 50;

    /// <summary>Most of <see cref="UnseenValues"/>.</summary>
    public const int MaximumExamples = 5;
}
