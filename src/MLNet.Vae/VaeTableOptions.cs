using System.Collections.Immutable;
using MLNet.Vae.Tables;

namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeTableEstimator"/>: which columns of a table are modelled, and how.</summary>
public sealed partial record VaeTableOptions : VaeModelOptions
{
    /// <summary>Most categories of a column where none is given.</summary>
    public const int DefaultMaximumCategories = 256;

    private const int MostCategories = 1 << 16;

    /// <summary>The defaults.</summary>
    public VaeTableOptions() => MissingValues = VaeMissingValues.Observed;

    /// <summary>
    /// Columns that are modelled: text, keys, Booleans, numbers, dates, vectors of numbers. Empty: all of these but
    /// <see cref="IgnoredColumnNames"/>.
    /// </summary>
    /// <value>Default: empty.</value>
    public ImmutableArray<string> InputColumnNames { get; init; } = [];

    /// <summary>Columns that are not modelled, such as a label; they pass through.</summary>
    /// <value>Default: empty.</value>
    public ImmutableArray<string> IgnoredColumnNames { get; init; } = [];

    /// <summary>Kinds of columns by name, where the rules are not to choose.</summary>
    /// <value>Default: empty.</value>
    public ImmutableDictionary<string, VaeColumnKind> ColumnKinds { get; init; } = ImmutableDictionary<string, VaeColumnKind>.Empty;

    /// <summary>Most categories of a column, 2 to 65,536; the rarer ones are one category together.</summary>
    /// <value>Default: 256.</value>
    public int MaximumCategories { get; init; } = DefaultMaximumCategories;

    /// <summary>
    /// Name of the column of posterior means, <c>Vector&lt;Single, latent dimension&gt;</c>; <see langword="null"/>: none. log σ goes to
    /// this name + "LogSigma".
    /// </summary>
    /// <value>Default: "Embedding"; a detector gives it where it is set to another name.</value>
    public string? OutputColumnName { get; init; } = DefaultOutput;

    /// <summary>Name of the column of scores, <c>Single</c>, nats; <see langword="null"/>: none. A detector's is "Score".</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ScoreColumnName { get; init; }

    /// <summary>
    /// Name of the column of each column's share in the score, <c>Vector&lt;Single, columns&gt;</c>, nats, which sum to the score; slots
    /// are named after the columns, and one that is missing in a row has 0. <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ContributionsColumnName { get; init; }

    /// <summary>
    /// What <see cref="VaeTableTransformer.Sample"/> and <see cref="VaeImputeTransformer.Draw"/> draw by, fitted after the model, for about
    /// as long again; <see langword="null"/>: they are refused. Needs a Gaussian latent variable, and columns that are no vectors.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public VaeRowSampler? Sampler { get; init; }

    /// <summary>Share of normal rows that a detector predicts anomalous, above 0 and at most 0.5; others make no use of it.</summary>
    /// <value>Default: 0.05.</value>
    public double Contamination { get; init; } = VaeAnomalyOptions.DefaultContamination;

    /// <inheritdoc/>
    public bool Equals(VaeTableOptions? other) => other is not null && base.Equals(other)
        && InputColumnNames.AsSpan().SequenceEqual(other.InputColumnNames.AsSpan())
        && IgnoredColumnNames.AsSpan().SequenceEqual(other.IgnoredColumnNames.AsSpan())
        && ColumnKinds.Count == other.ColumnKinds.Count
        && ColumnKinds.All(kind => other.ColumnKinds.TryGetValue(kind.Key, out var same) && same == kind.Value)
        && (MaximumCategories, OutputColumnName, ScoreColumnName, ContributionsColumnName, Contamination, Sampler, IsDetector)
            == (other.MaximumCategories, other.OutputColumnName, other.ScoreColumnName, other.ContributionsColumnName, other.Contamination,
                other.Sampler, other.IsDetector);

    /// <inheritdoc/>
    public override int GetHashCode()
        => HashCode.Combine(base.GetHashCode(), InputColumnNames.Length, IgnoredColumnNames.Length, ColumnKinds.Count, MaximumCategories,
            OutputColumnName);

    private const string DefaultOutput = "Embedding";

    /// <summary>Whether rows are scored and labelled.</summary>
    internal bool IsDetector { get; init; }

    /// <summary>The same for a detector, which gives an embedding only where one was named.</summary>
    internal VaeTableOptions AsDetector()
        => this with { IsDetector = true, OutputColumnName = OutputColumnName == DefaultOutput ? null : OutputColumnName };

    /// <summary>The table, once it was looked at.</summary>
    internal VaeTableInfo? Table { get; init; }

    internal override IReadOnlySet<int> UnusedFeatures => Table is null ? base.UnusedFeatures : TableLikelihood.Unused(Table);

    /// <summary>The kind that is asked for of a column; <see langword="null"/>: the rules choose.</summary>
    internal VaeColumnKind? KindOf(string column) => ColumnKinds.TryGetValue(column, out var kind) ? kind : null;

    /// <summary>What the model adds to features; those of features alone go no further than the transformer.</summary>
    internal override VaeColumns Columns => new()
    {
        Features = TableNames.Features,
        Condition = Condition?.ColumnName,
        Embedding = OutputColumnName,
        LogSigma = OutputColumnName is { } embedding && Latent?.HasLogSigma != false ? embedding + VaeOptions.LogSigmaSuffix : null,
        Score = IsDetector ? ScoreColumnName ?? VaeAnomalyOptions.ScoreColumn : ScoreColumnName,
        PredictedLabel = IsDetector ? VaeAnomalyOptions.PredictedLabelColumn : null,
        PValue = IsDetector ? VaeAnomalyOptions.PValueColumn : null,
        Contributions = ContributionsColumnName is null ? null : TableNames.Contributions,
    };

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (MaximumCategories is < 2 or > MostCategories)
            faults.Add(OptionFaults.Expected(nameof(MaximumCategories), MaximumCategories, "2 to 65,536"));
        if (!(Contamination is > 0 and <= VaeAnomalyOptions.MaximumContamination))
            faults.Add(OptionFaults.Expected(nameof(Contamination), Contamination, "above 0 and at most 0.5"));
        string?[] others = [Columns.Embedding, Columns.LogSigma, Columns.Score, Columns.PredictedLabel, Columns.PValue];
        if (ContributionsColumnName is { } contributions && others.Contains(contributions))
        {
            faults.Add($"{nameof(ContributionsColumnName)} is '{contributions}', which another column is called; choose another name");
        }
        faults.AddRange(Sampler?.Faults() ?? []);
        if (Sampler is not null && Latent is not null and not GaussianLatent)
            faults.Add($"{nameof(Sampler)} needs {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)}, but {nameof(Latent)} is {Latent.Kind}");
        if (ColumnKinds is null)
            faults.Add($"{nameof(ColumnKinds)} must not be null");
        foreach (var (column, kind) in ColumnKinds ?? ImmutableDictionary<string, VaeColumnKind>.Empty)
        {
            if (!Enum.IsDefined(kind))
                faults.Add(OptionFaults.Undefined($"{nameof(ColumnKinds)}[{column}]", kind));
        }
        if (InputColumnNames.IsDefault || IgnoredColumnNames.IsDefault)
            faults.Add($"{nameof(InputColumnNames)} and {nameof(IgnoredColumnNames)} must not be default, but may be empty");
        else if (InputColumnNames.Intersect(IgnoredColumnNames).FirstOrDefault() is { } both)
            faults.Add($"column '{both}' is both in {nameof(InputColumnNames)} and in {nameof(IgnoredColumnNames)}; leave it in one");
        if (Normalization != VaeNormalization.Auto)
            faults.Add($"{nameof(Normalization)} must be {nameof(VaeNormalization.Auto)}: the kind of a column says how it is scaled");
        if (Table is null && Likelihood is not null && Likelihood != VaeLikelihood.Gaussian)
            faults.Add($"{nameof(Likelihood)} must be left as it is: the kind of a column says what it is, see {nameof(ColumnKinds)}");
        if (Condition is not null)
            faults.Add($"{nameof(Condition)} must be null: rows of a table are drawn given values of its columns without one");
        return faults;
    }
}
