using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>What a <see cref="VaeReport"/> shows.</summary>
public sealed record VaeReportOptions
{
    /// <summary>Most rows shown where nothing is said.</summary>
    public const int DefaultRowLimit = 5000;

    /// <summary>Highest <see cref="RowLimit"/> allowed.</summary>
    public const int MaximumRowLimit = 100_000;

    /// <summary>Worst rows shown where nothing is said.</summary>
    public const int DefaultWorstRows = 12;

    /// <summary>Pictures shown beside their reconstructions where nothing is said.</summary>
    public const int DefaultReconstructions = 40;

    /// <summary>Highest <see cref="WorstRows"/> and <see cref="Reconstructions"/> allowed.</summary>
    public const int MaximumExamples = 1000;

    /// <summary>The heading.</summary>
    /// <value>Default: "Variational autoencoder", or "Autoencoder" for a deterministic latent.</value>
    public string? Title { get; init; }

    /// <summary>
    /// Columns that the points of the latent space can be coloured by: a key, text, <c>Boolean</c> or a number each. Score and, where there
    /// are any, condition, components, codes and label are added to them.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the first twelve such columns of the data.</value>
    public IReadOnlyList<string>? ColorColumns { get; init; }

    /// <summary>
    /// A <c>Boolean</c> column, true for an anomaly, or one of numbers, 1 for an anomaly and 0 for none, NaN where it is not known: by it
    /// are shown precision, recall and the area under the ROC curve, with a 95 % confidence interval and the numbers of anomalous and
    /// normal rows. Rows without a label are left out of these.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public string? LabelColumnName { get; init; }

    /// <summary>
    /// What each row is called in <see cref="VaeReportPart.WorstRows"/>, beside its number: text, a key, a number, a <c>Boolean</c> or a
    /// time.
    /// </summary>
    /// <value>Default: <see langword="null"/>, its number alone.</value>
    public string? IdColumnName { get; init; }

    /// <summary>
    /// Most rows read, 1 to 100,000. Of more rows the data is cut into as many stretches of equal length, and one row is drawn from each.
    /// The size of the report and the memory for making it are proportional to it. Of a table all rows are scored, and the worst are those
    /// of all; no more than this are kept for the other parts.
    /// </summary>
    /// <value>Default: 5000.</value>
    public int RowLimit { get; init; } = DefaultRowLimit;

    /// <summary>Rows of the highest scores shown with their contributions, 0 to 1000.</summary>
    /// <value>Default: 12.</value>
    public int WorstRows { get; init; } = DefaultWorstRows;

    /// <summary>Pictures shown beside their reconstructions, 0 to 1000, evenly taken from the rows read.</summary>
    /// <value>Default: 40.</value>
    public int Reconstructions { get; init; } = DefaultReconstructions;

    /// <summary>How the features make a picture, of 1 channel or 3.</summary>
    /// <value>Default: <see langword="null"/>, as the model says, which only a convolutional one does.</value>
    public ImageShape? ImageShape { get; init; }

    /// <summary>
    /// Whether the decoder and a runtime for it (5 MB) are put into the page, for the explorer and the manifold. A model with codes has
    /// neither.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Explorer { get; init; } = true;

    /// <summary>
    /// Of the choice among more rows than <see cref="RowLimit"/>, and of what is drawn at random in the page. The same seed and data give
    /// the same report.
    /// </summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>
    /// Names and values of your own, shown among the details: options of the training that the model does not keep, where the data is from.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (RowLimit is < 1 or > MaximumRowLimit)
            yield return ReportMessages.OutOfRange(nameof(RowLimit), 1, MaximumRowLimit, RowLimit);
        if (WorstRows is < 0 or > MaximumExamples)
            yield return ReportMessages.OutOfRange(nameof(WorstRows), 0, MaximumExamples, WorstRows);
        if (Reconstructions is < 0 or > MaximumExamples)
            yield return ReportMessages.OutOfRange(nameof(Reconstructions), 0, MaximumExamples, Reconstructions);
        if (ImageShape is { } shape && !CanBe(shape))
            yield return ReportMessages.ImageShapeOutOfRange(shape);
    }

    /// <summary>Whether a picture can have the shape.</summary>
    internal static bool CanBe(ImageShape shape) => shape is { Height: >= 1, Width: >= 1, Channels: 1 or 3 };
}
