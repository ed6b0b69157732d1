namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeAnomalyEstimator"/>.</summary>
public sealed record VaeAnomalyOptions : VaeModelOptions
{
    /// <summary>Share of anomalies assumed when none is given.</summary>
    public const double DefaultContamination = 0.05;

    /// <summary>Largest share of anomalies allowed.</summary>
    internal const double MaximumContamination = 0.5;

    /// <summary>Name of the column of scores.</summary>
    internal const string ScoreColumn = "Score";

    /// <summary>Name of the column of predicted labels.</summary>
    internal const string PredictedLabelColumn = "PredictedLabel";

    /// <summary>Name of the column of p-values.</summary>
    internal const string PValueColumn = "PValue";

    /// <summary>Name of the column of features, <c>Vector&lt;Single&gt;</c> of known size.</summary>
    /// <value>Default: "Features".</value>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Share of normal rows predicted anomalous, above 0 and at most 0.5: the threshold is that quantile of scores of the training rows, by
    /// models that they did not train. It can be changed afterwards.
    /// </summary>
    /// <value>Default: 0.05.</value>
    public double Contamination { get; init; } = DefaultContamination;

    /// <summary>
    /// Name of the column of each feature's share in the score, <c>Vector&lt;Single, features&gt;</c>; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ContributionsColumnName { get; init; }

    /// <summary>What is known of the rows that train: whether there are anomalies among them.</summary>
    /// <value>
    /// Default: <see cref="VaeRowPurity.Unknown"/>. Has an effect on <see cref="VaeScoreKind.NeighborDistance"/> alone, the default score.
    /// </value>
    public VaeRowPurity TrainingRows { get; init; }

    /// <summary>
    /// Name of a column that says which rows are known to be anomalies, <c>Boolean</c>, or <c>Single</c> where 1 is one and 0 or a missing
    /// value (NaN) is not known to be; <see langword="null"/>: none is known. Known ones do not train: a row scores higher the nearer it is
    /// to one of them. It takes <see cref="VaeScoreKind.NeighborDistance"/>, the default, and at most 1,024 of them become part of the
    /// model.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? KnownAnomalyColumnName { get; init; }

    internal override string? KnownAnomalies => KnownAnomalyColumnName;

    internal override VaeScoreKind DefaultScore =>
        Condition is null && MissingValues == VaeMissingValues.Refuse && Likelihood is { HasDistance: true }
            ? VaeScoreKind.NeighborDistance : VaeScoreKind.NegativeElbo;

    internal override VaeRowPurity ReferencePurity => TrainingRows;

    internal override VaeColumns Columns => new()
    {
        Features = FeatureColumnName,
        Condition = Condition?.ColumnName,
        Score = ScoreColumn,
        PredictedLabel = PredictedLabelColumn,
        PValue = PValueColumn,
        Contributions = ContributionsColumnName,
    };

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (!(Contamination is > 0 and <= MaximumContamination))
            faults.Add(OptionFaults.Expected(nameof(Contamination), Contamination, "above 0 and at most 0.5"));
        if (!Enum.IsDefined(TrainingRows))
            faults.Add(OptionFaults.Undefined(nameof(TrainingRows), TrainingRows));
        if (KnownAnomalyColumnName is "")
            faults.Add($"{nameof(KnownAnomalyColumnName)} must be the name of a column, or null, but is empty");
        if (KnownAnomalyColumnName is not null && Likelihood is not null && Score != VaeScoreKind.NeighborDistance)
        {
            faults.Add(
                $"{nameof(KnownAnomalyColumnName)} needs {nameof(ScoreKind)} {nameof(VaeScoreKind.NeighborDistance)}, but it is {Score}; "
                + $"choose that, or leave {nameof(KnownAnomalyColumnName)} null"
            );
        }
        if (Training is { ValidationFraction: 0 })
        {
            faults.Add(
                $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.ValidationFraction)} must be above 0: the threshold is taken on "
                + "held-out rows"
            );
        }
        return faults;
    }
}
