namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeSemiSupervisedEstimator"/>.</summary>
public sealed record VaeSemiSupervisedOptions : VaeModelOptions
{
    /// <summary>Name of the column of class probabilities: what ML.NET's multiclass trainers call it.</summary>
    internal const string ScoreColumn = "Score";

    /// <summary>Name of the column of predicted labels: what ML.NET's multiclass trainers call it.</summary>
    internal const string PredictedLabelColumn = "PredictedLabel";

    /// <summary>The defaults.</summary>
    public VaeSemiSupervisedOptions()
    {
        Latent = new SemiSupervisedLatent();
        // Labels are few: none of them is held out, and every epoch is run.
        Training = new() { ValidationFraction = 0 };
    }

    /// <summary>
    /// Name of the column of labels, a key; a row whose key is missing, 0 to ML.NET, has none. Read in training only.
    /// </summary>
    /// <value>Default: "Label".</value>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Name of the column of features, a vector of numbers of known size.</summary>
    /// <value>Default: "Features".</value>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Name of a column of the posterior mean of z given the likeliest class and, beside it, that class as 1 among zeros,
    /// <c>Vector&lt;Single, dimensions + classes&gt;</c>; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? EmbeddingColumnName { get; init; }

    internal override VaeColumns Columns => new()
    {
        Features = FeatureColumnName,
        Embedding = EmbeddingColumnName,
        ClassProbabilities = ScoreColumn,
        PredictedClass = PredictedLabelColumn,
    };

    internal override string? Label => LabelColumnName;

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (string.IsNullOrWhiteSpace(LabelColumnName))
        {
            faults.Add($"{nameof(LabelColumnName)} must not be blank");
        }
        else if (LabelColumnName == FeatureColumnName)
        {
            faults.Add(
                $"{nameof(LabelColumnName)} must be another column than {nameof(FeatureColumnName)}, but both are '{LabelColumnName}'");
        }
        if (Condition is not null)
            faults.Add($"{nameof(Condition)} must be null: encoder and decoder are conditioned on the class");
        if (Objective is { Samples: > 1 } or { ImportanceWeighted: true })
            faults.Add($"{nameof(Objective)} must have one sample a row and no importance weights: each class of a row is a sample of it");
        return faults;
    }
}
