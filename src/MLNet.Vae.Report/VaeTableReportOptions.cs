using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>What a <see cref="VaeTableReport"/> compares.</summary>
public sealed record VaeTableReportOptions
{
    /// <summary>Most rows of each view where nothing is said.</summary>
    public const int DefaultMaximumRows = 20_000;

    /// <summary>Highest <see cref="MaximumRows"/> allowed.</summary>
    public const int HighestMaximumRows = 1_000_000;

    /// <summary>
    /// Most synthetic and most held-out rows whose closest training row is looked for: each is compared with up to
    /// <see cref="MaximumRows"/>.
    /// </summary>
    public const int MaximumDistanceRows = 2000;

    /// <summary>Most classes of a label.</summary>
    public const int MaximumClasses = 20;

    /// <summary>The heading.</summary>
    /// <value>Default: "Synthetic table".</value>
    public string Title { get; init; } = "Synthetic table";

    /// <summary>
    /// Columns to compare, of one type in all three views: text, keys and <c>Boolean</c> are categories, all other numbers are numbers.
    /// Missing are NaN, empty text and a missing key. Keys are compared by their names.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, all that the three views share; vectors and columns of other types are set aside, and the figures
    /// say so.
    /// </value>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>
    /// What a learner trained on synthetic rows is to predict: a <c>Boolean</c>, text or a key, of 2 to 20 classes. It is compared as the
    /// other columns are.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no such learner.</value>
    public string? LabelColumnName { get; init; }

    /// <summary>
    /// Most rows read of each view, 1 to 1,000,000. Of more rows the view is cut into as many stretches of equal length, and one row is
    /// drawn from each. Copies are looked for among all rows of training. Time and memory are proportional to it.
    /// </summary>
    /// <value>Default: 20,000.</value>
    public int MaximumRows { get; init; } = DefaultMaximumRows;

    /// <summary>Of all that is drawn at random: rows, their halves, shuffled columns, trees.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (MaximumRows is < 1 or > HighestMaximumRows)
            yield return TableMessages.OutOfRange(nameof(MaximumRows), 1, HighestMaximumRows, MaximumRows);
        if (ColumnNames is { Count: 0 })
            yield return TableMessages.NoColumnNames;
    }
}
