namespace MLNet.Vae;

/// <summary>Names of the columns that a <c>VaeTransformer</c> reads and adds. <see langword="null"/>: not added.</summary>
public sealed record VaeColumns
{
    /// <summary>The column read: <c>Vector&lt;Single, features&gt;</c> or, where the model was trained so, a key.</summary>
    public required string Features { get; init; }

    /// <summary>
    /// The column of the condition, of a conditional model: a key, <c>Boolean</c>, <c>Single</c>, or <c>Vector&lt;Single&gt;</c>, as in
    /// training; read, not added.
    /// </summary>
    public string? Condition { get; init; }

    /// <summary>Posterior mean, <c>Vector&lt;Single, latent dimension&gt;</c>.</summary>
    public string? Embedding { get; init; }

    /// <summary>Natural log of the posterior's standard deviation, <c>Vector&lt;Single, latent dimension&gt;</c>.</summary>
    public string? LogSigma { get; init; }

    /// <summary>Probability of each component of a mixture, <c>Vector&lt;Single, components&gt;</c>; they sum to 1.</summary>
    public string? Components { get; init; }

    /// <summary>
    /// The decoder's mean at the posterior mean, in the units of the features, <c>Vector&lt;Single, features&gt;</c>; of a model with a
    /// target: of the target, <c>Vector&lt;Single, target&gt;</c>.
    /// </summary>
    public string? Reconstruction { get; init; }

    /// <summary>
    /// The entries of the codebook that stand for the row, <c>Vector&lt;Key&lt;UInt32, codebook size&gt;, codes&gt;</c>: as ML.NET's keys
    /// do, they count from 1, and 0 is a missing one, of a row whose features are not finite.
    /// </summary>
    public string? Codes { get; init; }

    /// <summary>
    /// The probability of each class, of a semi-supervised model, <c>Vector&lt;Single, classes&gt;</c>: what ML.NET's multiclass trainers
    /// call the score.
    /// </summary>
    public string? ClassProbabilities { get; init; }

    /// <summary>
    /// The likeliest class, of a semi-supervised model, <c>Key&lt;UInt32, classes&gt;</c>: what ML.NET's multiclass trainers call the
    /// predicted label. A row whose features are not finite has a missing one.
    /// </summary>
    public string? PredictedClass { get; init; }

    /// <summary>The score, <c>Single</c>, higher = more anomalous.</summary>
    public string? Score { get; init; }

    /// <summary>
    /// Whether the score does not lie at or below the model's threshold, <c>Boolean</c>: true where it is NaN, too; needs a model with a
    /// threshold.
    /// </summary>
    public string? PredictedLabel { get; init; }

    /// <summary>
    /// The share of normal rows that score as high, <c>Single</c>, above 0 and at most 1: (1 + calibration scores that are no less) /
    /// (1 + calibration rows). Needs a trained detector, which has these scores; a score that is NaN has the least.
    /// </summary>
    public string? PValue { get; init; }

    /// <summary>The share of each feature in the score, <c>Vector&lt;Single, features&gt;</c>; they sum to it.</summary>
    public string? Contributions { get; init; }
}
