using System.Text.Json.Serialization;
using MLNet.Vae.Calibration;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae;

/// <summary>What a model is, beside its weights. Written as JSON into the metadata of every exported graph.</summary>
public sealed record VaeModelInfo
{
    [JsonConstructor]
    internal VaeModelInfo() { }

    /// <summary>Number of features, D.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Number of latent dimensions, L.</summary>
    public required int LatentDimension { get; init; }

    /// <summary>What the latent variable is.</summary>
    [JsonRequired]
    public VaeLatentKind LatentKind { get; init; }

    /// <summary>Components of a mixture prior; 0 for other priors.</summary>
    [JsonRequired]
    public int ComponentCount { get; init; }

    /// <summary>What was learned of each component of a mixture prior; <see langword="null"/> for other priors.</summary>
    public IReadOnlyList<VaeMixtureComponent>? Components { get; init; }

    /// <summary>Codes of a row in a vector-quantised model; 0 for others.</summary>
    [JsonRequired]
    public int CodeCount { get; init; }

    /// <summary>Entries of the codebook of a vector-quantised model; 0 for others.</summary>
    [JsonRequired]
    public int CodebookSize { get; init; }

    /// <summary>
    /// Lines of the map that the codes of a vector-quantised model are, one for each place of the encoder's maps, line by line from the top
    /// down; 0: they are no map.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CodeMapHeight { get; init; }

    /// <summary>Codes of a line of that map; 0: they are no map.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CodeMapWidth { get; init; }

    /// <summary>The prior over codes that samples come from; <see langword="null"/>: every code is as likely, or there are none.</summary>
    public VaeCodePriorInfo? CodePrior { get; init; }

    /// <summary>
    /// Dimensions of each level of a hierarchical model, from the one next to the data up; empty for others. They sum to
    /// <see cref="LatentDimension"/>.
    /// </summary>
    public IReadOnlyList<int> LevelDimensions { get; init; } = [];

    /// <summary>Classes of a semi-supervised model; 0 for others. They are the last dimensions of a code, as 1 among zeros.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ClassCount { get; init; }

    /// <summary>What the label's key stands for, <see cref="ClassCount"/> of them; <see langword="null"/> where it does not say.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How the features come: as a vector, as one number or, in a model with a target, also as a category.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public VaeInputKind FeatureKind { get; init; }

    /// <summary>
    /// ML.NET's name of what the features were in training where they were no <c>Single</c>, such as "Double", "Int32" or "Boolean"; a
    /// saved pipeline converts them first. <see langword="null"/>: they were, or a key.
    /// </summary>
    public string? FeatureItemType { get; init; }

    /// <summary>What NaN in the features is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public VaeMissingValues MissingValues { get; init; }

    /// <summary>Different tokens of a model of sequences; 0 for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int TokenCount { get; init; }

    /// <summary>What the tokens stand for, <see cref="TokenCount"/> of them; <see langword="null"/> where the keys do not say.</summary>
    public IReadOnlyList<string>? TokenNames { get; init; }

    /// <summary>
    /// Number of values of the condition, C: the number of categories of a key, 1 for a <c>Boolean</c> or <c>Single</c>; 0 without a
    /// condition.
    /// </summary>
    [JsonRequired]
    public int ConditionCount { get; init; }

    /// <summary>How the condition comes; <see langword="null"/> without one.</summary>
    public VaeInputKind? ConditionKind { get; init; }

    /// <summary>What the values of the condition were in training, as <see cref="FeatureItemType"/> says it of the features.</summary>
    public string? ConditionItemType { get; init; }

    /// <summary>Names of the condition's categories or slots, C of them; <see langword="null"/> where it has none.</summary>
    public IReadOnlyList<string>? ConditionNames { get; init; }

    /// <summary>
    /// Whether the prior is p(z | c), a Gaussian whose mean and log σ are learned from the condition; otherwise it does not depend on it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LearnedPrior { get; init; }

    /// <summary>Number of values that are reconstructed where they are others than the features, T; 0: the features.</summary>
    [JsonRequired]
    public int TargetCount { get; init; }

    /// <summary>Slot names of the target, T of them; <see langword="null"/> where it has none or is the features.</summary>
    public IReadOnlyList<string>? TargetNames { get; init; }

    /// <summary>How the features make a picture; <see langword="null"/> where the architecture does not say that they do.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>The architecture in words, such as "mlp 128-64 gelu".</summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// "gaussian", "gaussian in the unit interval", "gaussian per feature", "gaussian per row", "student-t", "bernoulli", "categorical",
    /// "poisson", "negative binomial", "sequence", or "mixed: " and name, number of slots and likelihood of each part.
    /// </summary>
    public required string Likelihood { get; init; }

    /// <summary>"standardize", "min-max", "none", or "mixed" where it differs from slot to slot.</summary>
    public required string Normalization { get; init; }

    /// <summary>
    /// The standard deviation of a Gaussian decoder that has one for all features and rows, normalised units; <see langword="null"/> for
    /// other likelihoods.
    /// </summary>
    public double? DecoderSigma { get; init; }

    /// <summary>
    /// The standard deviation of each slot, normalised units, where a Gaussian decoder has one per feature or is part of a mixed
    /// likelihood; a slot without one, or with one for each row, has <see langword="null"/>. <see langword="null"/> for other likelihoods.
    /// </summary>
    public IReadOnlyList<double?>? FeatureSigmas { get; init; }

    /// <summary>
    /// ν of a Student-t likelihood, given or learned; <see langword="null"/> for other likelihoods, and where it is part of a mixed one.
    /// </summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>
    /// r of a negative binomial likelihood as learned, whose variance is μ + μ²/r: one for each feature, or one for all;
    /// <see langword="null"/> for other likelihoods, and where it is part of a mixed one.
    /// </summary>
    public IReadOnlyList<double>? Dispersions { get; init; }

    /// <summary>Slot names of the features, or names of the categories of a key; <see langword="null"/> where they have none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>What <see cref="VaeColumns.Score"/> holds.</summary>
    [JsonRequired]
    public VaeScoreKind ScoreKind { get; init; }

    /// <summary>
    /// Training rows that the model carries, for <see cref="VaeScoreKind.NeighborDistance"/>; whoever has the file has them. 0: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ReferenceRowCount { get; init; }

    /// <summary>
    /// Rows known to be anomalies that the model carries, for <see cref="VaeScoreKind.NeighborDistance"/>; whoever has the file has them.
    /// 0: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int KnownAnomalyCount { get; init; }

    /// <summary>What a model of windows knows of their series; <see langword="null"/>: it is of rows.</summary>
    public VaeSeriesInfo? Series { get; init; }

    /// <summary>What a model of a table knows of its columns; <see langword="null"/>: it is of a vector of features.</summary>
    public VaeTableInfo? Table { get; init; }

    /// <summary>Rows that score above are predicted anomalous; <see langword="null"/> where none was set.</summary>
    public double? Threshold { get; init; }

    /// <summary>The share of anomalies the threshold was set for; <see langword="null"/> where none was set.</summary>
    public double? Contamination { get; init; }

    /// <summary>
    /// Rows that the threshold was set on and p-values are taken from, each scored by a model that it did not train; 0: none.
    /// </summary>
    [JsonIgnore]
    public int CalibrationRows => Calibration?.Rows ?? 0;

    /// <summary>Their scores; <see langword="null"/>: there are none.</summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal CalibrationScores? Calibration { get; init; }

    /// <summary>Columns of the pipeline the model was trained in.</summary>
    public required VaeColumns Columns { get; init; }

    /// <summary>How it was trained.</summary>
    public VaeTrainingHistory? Training { get; init; }

    /// <summary>What the likelihood can have of the features; <see langword="null"/>: everything, or what its name alone says.</summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<FeatureSupport>? Support { get; init; }

    /// <summary>What follows from the kind of the latent variable.</summary>
    internal LatentDescriptor Latent => LatentDescriptor.Of(LatentKind);

    internal bool HasLogSigma => Latent.HasLogSigma;

    /// <summary>Whether rows can be scored: a model of another target would need that target too.</summary>
    internal bool HasScore => TargetCount == 0;

    /// <summary>
    /// Standard normal numbers that a draw of a row from the likelihood takes, where they are not as many as the values of the row.
    /// </summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal int? DrawNoiseCount { get; init; }

    /// <summary>Standard normal numbers that a draw of a row from the likelihood takes.</summary>
    internal int NoiseCount => DrawNoiseCount ?? ReconstructionCount;

    /// <summary>
    /// Whether a score does not lie at or below the threshold; never without a threshold. A score that is NaN is no evidence that a row is
    /// normal: it counts as above.
    /// </summary>
    internal bool IsAboveThreshold(float score) => Threshold is { } threshold && !(score <= threshold);

    /// <summary>From a score to its p-value against the calibration scores; NaN without them.</summary>
    internal Func<float, float> PValue() => Calibration is { } calibration ? calibration.PValue() : _ => float.NaN;

    internal int ReconstructionCount => TargetCount == 0 ? FeatureCount : TargetCount;

    /// <summary>Names of what is reconstructed.</summary>
    internal IReadOnlyList<string>? ReconstructionNames => TargetCount == 0 ? FeatureNames : TargetNames;
}
