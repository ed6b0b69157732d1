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

    /// <summary>The defaults.</summary>
    public VaeAnomalyOptions()
    {
    }

    private VaeAnomalyOptions(VaeModelOptions model) : base(model)
    {
    }

    /// <summary>
    /// A detector of another kind's model, such as a preset of <see cref="VaeOptions"/>: architecture, latent variable, likelihood,
    /// objective, corruption, condition, normalisation, missing values, training and scoring are its own; of columns only that of the
    /// features is taken over.
    /// </summary>
    /// <param name="model">
    /// Without a target, which is not there when rows are scored. Where no rows are held out in it, the fit is refused, as the threshold is
    /// taken on such rows.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="model"/> has a target.</exception>
    public static VaeAnomalyOptions Of(VaeOptions model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.TargetColumnName is null
            ? new(model) { FeatureColumnName = model.InputColumnName }
            : throw new ArgumentException(
                $"{nameof(VaeOptions.TargetColumnName)} is '{model.TargetColumnName}': a detector scores rows against their own features, "
                    + "and a target is read in training only. Leave it null.",
                nameof(model));
    }

    /// <summary>Name of the column of features, a vector of numbers of known size.</summary>
    /// <value>Default: "Features".</value>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Share of normal rows predicted anomalous, above 0 and at most 0.5: the threshold is that quantile of scores of the training rows, by
    /// models that they did not train. It can be changed afterwards.
    /// </summary>
    /// <value>Default: 0.05.</value>
    public double Contamination { get; init; } = DefaultContamination;

    /// <summary>
    /// Name of the column of reconstructions, <c>Vector&lt;Single, features&gt;</c>, in the units of the features: what the row should have
    /// been; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ReconstructionColumnName { get; init; }

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
        Reconstruction = ReconstructionColumnName,
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
