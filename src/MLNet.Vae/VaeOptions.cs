namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeEstimator"/>.</summary>
public sealed partial record VaeOptions : VaeModelOptions
{
    /// <summary>Suffix of the log σ column where it has no name of its own.</summary>
    public const string LogSigmaSuffix = "LogSigma";

    /// <summary>Suffix of the column of component probabilities where it has no name of its own.</summary>
    public const string ComponentsSuffix = "Components";

    /// <summary>Suffix of the column of codes where it has no name of its own.</summary>
    public const string CodesSuffix = "Codes";

    /// <summary>Name of the column of posterior means, <c>Vector&lt;Single, latent dimension&gt;</c>.</summary>
    /// <value>Default: "Embedding".</value>
    public string OutputColumnName { get; init; } = "Embedding";

    /// <summary>
    /// Name of the column of features, a vector of numbers of known size; where <see cref="TargetColumnName"/> is set, a key will
    /// do too.
    /// </summary>
    /// <value>Default: "Features".</value>
    public string InputColumnName { get; init; } = "Features";

    /// <summary>
    /// Name of a column that the decoder is to give in place of the features, a vector of numbers of known size, or with
    /// <see cref="VaeLikelihood.Categorical"/> a key; <see langword="null"/>: the features themselves. With a key as features the
    /// embedding is a vector for each category, near to those of categories with like targets: see <see cref="VaeCategoryEmbeddings"/>.
    /// Only training reads the column, so such a model gives no score and no contributions.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? TargetColumnName { get; init; }

    /// <summary>Whether the natural log of the posterior's standard deviation is added as a column.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool LogSigma { get; init; } = true;

    /// <summary>Name of the log σ column; <see langword="null"/>: <see cref="OutputColumnName"/> + "LogSigma".</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? LogSigmaColumnName { get; init; }

    /// <summary>
    /// Name of the column of component probabilities of a mixture, <c>Vector&lt;Single, components&gt;</c>; <see langword="null"/>:
    /// <see cref="OutputColumnName"/> +
    /// "Components". Other models have none, and take no name for it.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ComponentsColumnName { get; init; }

    /// <summary>
    /// Name of the column of codes of a vector-quantised model, <c>Vector&lt;Key&lt;UInt32, codebook size&gt;, codes&gt;</c>;
    /// <see langword="null"/>:
    /// <see cref="OutputColumnName"/> + "Codes". Other models have none, and take no name for it.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? CodesColumnName { get; init; }

    /// <summary>
    /// Name of the column of reconstructions, <c>Vector&lt;Single, features&gt;</c>, in the units of the features, or those of the target
    /// where there is one; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ReconstructionColumnName { get; init; }

    /// <summary>
    /// Name of the column of scores, <c>Single</c>, see <see cref="VaeModelOptions.ScoreKind"/>; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ScoreColumnName { get; init; }

    /// <summary>
    /// Name of the column of each feature's share in the score, <c>Vector&lt;Single, features&gt;</c>; <see langword="null"/>: none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ContributionsColumnName { get; init; }

    internal override VaeColumns Columns => new()
    {
        Features = InputColumnName,
        Condition = Condition?.ColumnName,
        Embedding = OutputColumnName,
        LogSigma = LogSigma && Latent?.HasLogSigma != false ? LogSigmaColumnName ?? OutputColumnName + LogSigmaSuffix : null,
        Components = Latent is { HasComponents: true } ? ComponentsColumnName ?? OutputColumnName + ComponentsSuffix : null,
        Codes = Latent is { HasCodes: true } ? CodesColumnName ?? OutputColumnName + CodesSuffix : null,
        Reconstruction = ReconstructionColumnName,
        Score = ScoreColumnName,
        Contributions = ContributionsColumnName,
    };

    internal override string? Target => TargetColumnName;

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (OutputColumnName is null)
            faults.Insert(0, $"{nameof(OutputColumnName)} must not be null");
        if (LogSigma && LogSigmaColumnName is not null && Latent is { HasLogSigma: false })
            faults.Add($"{nameof(LogSigmaColumnName)} is set, but a {Latent.Kind} latent has no log σ");
        if (ComponentsColumnName is not null && Latent is { HasComponents: false })
            faults.Add($"{nameof(ComponentsColumnName)} is set, but a {Latent.Kind} latent has no components");
        if (CodesColumnName is not null && Latent is { HasCodes: false })
            faults.Add($"{nameof(CodesColumnName)} is set, but a {Latent.Kind} latent has no codes");
        return [.. faults, .. TargetFaults()];
    }

    private IEnumerable<string> TargetFaults()
    {
        if (TargetColumnName is not { } target)
            yield break;
        if (string.IsNullOrWhiteSpace(target))
        {
            yield return $"{nameof(TargetColumnName)} must not be blank";
        }
        else if (target == InputColumnName)
        {
            yield return $"{nameof(TargetColumnName)} must be another column than {nameof(InputColumnName)}, but both are '{target}'; "
                + "leave it null to reconstruct the features";
        }
        else if (target == Condition?.ColumnName)
        {
            yield return $"{nameof(TargetColumnName)} must be another column than the condition's, but both are '{target}'";
        }
        foreach (
            var (name, column) in new[]
            {
                (nameof(ScoreColumnName), ScoreColumnName),
                (nameof(ContributionsColumnName), ContributionsColumnName),
            }
        )
        {
            if (column is not null)
            {
                yield return $"{name} must be null where {nameof(TargetColumnName)} is set: a row is scored against what is "
                    + "reconstructed, and the target is read in training only";
            }
        }
    }
}
