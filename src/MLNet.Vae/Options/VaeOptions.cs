namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeEstimator"/>.</summary>
public sealed record VaeOptions : VaeModelOptions
{
    /// <summary>Suffix of the log σ column where it has no name of its own.</summary>
    public const string LogSigmaSuffix = "LogSigma";

    /// <summary>Suffix of the column of codes where it has no name of its own.</summary>
    public const string CodesSuffix = "Codes";

    /// <summary>Name of the column of posterior means, <c>Vector&lt;Single, latent dimension&gt;</c>.</summary>
    /// <value>Default: "Embedding".</value>
    public string OutputColumnName { get; init; } = "Embedding";

    /// <summary>Name of the column of features, <c>Vector&lt;Single&gt;</c> of known size.</summary>
    /// <value>Default: "Features".</value>
    public string InputColumnName { get; init; } = "Features";

    /// <summary>Whether the natural log of the posterior's standard deviation is added as a column.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool LogSigma { get; init; } = true;

    /// <summary>Name of the log σ column; <see langword="null"/>: <see cref="OutputColumnName"/> + "LogSigma".</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? LogSigmaColumnName { get; init; }

    /// <summary>
    /// Name of the column of codes of a vector-quantised model, <c>Vector&lt;Key&lt;UInt32, codebook size&gt;, codes&gt;</c>; <see langword="null"/>:
    /// <see cref="OutputColumnName"/> + "Codes". Other models have none, and take no name for it.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? CodesColumnName { get; init; }

    /// <summary>Name of the column of reconstructions, <c>Vector&lt;Single, features&gt;</c>, in the units of the features; <see langword="null"/>: none.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ReconstructionColumnName { get; init; }

    /// <summary>Name of the column of scores, <c>Single</c>, see <see cref="VaeModelOptions.ScoreKind"/>; <see langword="null"/>: none.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ScoreColumnName { get; init; }

    /// <summary>Name of the column of each feature's share in the score, <c>Vector&lt;Single, features&gt;</c>; <see langword="null"/>: none.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ContributionsColumnName { get; init; }

    internal override VaeColumns Columns => new()
    {
        Features = InputColumnName,
        Condition = Condition?.ColumnName,
        Embedding = OutputColumnName,
        LogSigma = LogSigma && Latent?.HasLogSigma != false ? LogSigmaColumnName ?? OutputColumnName + LogSigmaSuffix : null,
        Codes = Latent is { HasCodes: true } ? CodesColumnName ?? OutputColumnName + CodesSuffix : null,
        Reconstruction = ReconstructionColumnName,
        Score = ScoreColumnName,
        Contributions = ContributionsColumnName,
    };

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (OutputColumnName is null)
            faults.Insert(0, $"{nameof(OutputColumnName)} must not be null");
        if (LogSigma && LogSigmaColumnName is not null && Latent is { HasLogSigma: false })
            faults.Add($"{nameof(LogSigmaColumnName)} is set, but a {Latent.Kind} latent has no log σ");
        if (CodesColumnName is not null && Latent is { HasCodes: false })
            faults.Add($"{nameof(CodesColumnName)} is set, but a {Latent.Kind} latent has no codes");
        return faults;
    }
}
