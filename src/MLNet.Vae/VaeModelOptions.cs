using MLNet.Vae.Columns;
using MLNet.Vae.Data;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;

namespace MLNet.Vae;

/// <summary>The choices that every variational autoencoder here is composed of, one property per axis.</summary>
public abstract record VaeModelOptions
{
    private protected VaeModelOptions()
    {
    }

    /// <summary>The shape of encoder and decoder.</summary>
    /// <value>Default: a multilayer perceptron, 128-64.</value>
    public VaeArchitecture Architecture { get; init; } = VaeArchitecture.Mlp();

    /// <summary>The latent variable and its prior.</summary>
    /// <value>Default: Gaussian, 8 dimensions.</value>
    public VaeLatent Latent { get; init; } = VaeLatent.Gaussian(GaussianLatent.DefaultDimension);

    /// <summary>What the decoder's output means.</summary>
    /// <value>Default: Gaussian, shared σ learned.</value>
    public VaeLikelihood Likelihood { get; init; } = VaeLikelihood.Gaussian;

    /// <summary>What training maximises.</summary>
    /// <value>Default: the evidence lower bound.</value>
    public VaeObjective Objective { get; init; } = new();

    /// <summary>
    /// How the rows that the encoder reads are corrupted in training; the loss compares with the clean ones. <see langword="null"/>: not at
    /// all.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public VaeCorruption? Corruption { get; init; }

    /// <summary>What encoder and decoder are conditioned on; <see langword="null"/>: nothing.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public VaeCondition? Condition { get; init; }

    /// <summary>How features are scaled.</summary>
    /// <value>Default: <see cref="VaeNormalization.Auto"/>.</value>
    public VaeNormalization Normalization { get; init; } = VaeNormalization.Auto;

    /// <summary>
    /// What NaN in the features is. With <see cref="VaeMissingValues.Observed"/> it is a missing value, in training and in scoring: the
    /// encoder reads 0 in its place, and beside all values which of them are there; likelihood, score and contributions are those of what
    /// is there, and the reconstruction gives a value for what is not. The slots of a categorical likelihood are missing together or not at
    /// all. <see cref="VaeCorruption.Masking"/> then teaches the model to impute. Takes <see cref="VaeArchitecture.Linear"/> or
    /// <see cref="VaeArchitecture.Mlp"/>.
    /// </summary>
    /// <value>Default: <see cref="VaeMissingValues.Refuse"/>.</value>
    public VaeMissingValues MissingValues { get; init; }

    /// <summary>How training runs.</summary>
    public VaeTrainingOptions Training { get; init; } = new();

    /// <summary>How rows are scored afterwards.</summary>
    public VaeScoringOptions Scoring { get; init; } = new();

    /// <summary>
    /// What the score of a row is. <see cref="VaeScoreKind.NegativeLogLikelihood"/> also sees rows between clusters, for 64 times the work
    /// of the decoder. <see cref="VaeScoreKind.NeighborDistance"/> keeps training rows in the model; no other does, and it knows no missing
    /// values.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, which is <see cref="VaeScoreKind.NegativeElbo"/>, the bound, and for a detector of
    /// <see cref="VaeAnomalyOptions"/> with a Gaussian or Student-t likelihood, without a condition and without missing values
    /// <see cref="VaeScoreKind.NeighborDistance"/>, which tells anomalies better on most tables.
    /// </value>
    public VaeScoreKind? ScoreKind { get; init; }

    internal abstract VaeColumns Columns { get; }

    /// <summary>What <see cref="ScoreKind"/> says, or the default.</summary>
    internal VaeScoreKind Score => ScoreKind ?? DefaultScore;

    internal virtual VaeScoreKind DefaultScore => VaeScoreKind.NegativeElbo;

    /// <summary>How far the rows are to be trusted that <see cref="VaeScoreKind.NeighborDistance"/> compares with.</summary>
    internal virtual VaeRowPurity ReferencePurity => VaeRowPurity.Unknown;

    /// <summary>The column that the decoder is to give; <see langword="null"/>: the features.</summary>
    internal virtual string? Target => null;

    /// <summary>The column of labels; <see langword="null"/>: there is none.</summary>
    internal virtual string? Label => null;

    /// <summary>The column that says which rows are known to be anomalies; <see langword="null"/>: there is none.</summary>
    internal virtual string? KnownAnomalies => null;

    /// <summary>Features that are there for what training has not, and say nothing by being the same in all of its rows.</summary>
    internal virtual IReadOnlySet<int> UnusedFeatures => System.Collections.Frozen.FrozenSet<int>.Empty;

    /// <summary>
    /// Whether a model of a key with a categorical target can be trained on pairs: what asks for more of a row than the two, or for
    /// another decoder than dense layers, is trained on one-hot vectors.
    /// </summary>
    internal bool CanReadLinks =>
        Likelihood.TakesKeys && Architecture.EndsDense && Condition is null && Corruption is null && Label is null
        && !Latent.HasCodes && !Latent.NeedsLabels;

    /// <summary>How one slot of a training row is scaled: a value that is reconstructed, as the likelihood sees it.</summary>
    internal VaeNormalization NormalizationOf(int slot, RowLayout layout)
    {
        if (slot >= layout.Features + layout.Target)
            return layout.CategoricalCondition ? VaeNormalization.None : VaeNormalization.Standardize;
        // What is only read need not suit the likelihood.
        if (layout.Target > 0 && slot < layout.Features)
        {
            return layout.CategoricalFeatures ? VaeNormalization.None
                : Normalization == VaeNormalization.Auto ? VaeNormalization.Standardize
                : Normalization;
        }
        return Normalization == VaeNormalization.Auto
            ? Likelihood.OfSlot(layout.Target == 0 ? slot : slot - layout.Features).AutomaticNormalization
            : Normalization;
    }

    /// <summary>How the encoder reads one feature.</summary>
    internal InputNormalization InputNormalizationOf(int feature, RowLayout layout) =>
        Normalization == VaeNormalization.Auto && layout.Target == 0
            ? Likelihood.OfSlot(feature).AutomaticInput
            : new(NormalizationOf(feature, layout));

    /// <summary>
    /// How the encoder reads so many features where some may be missing; <see langword="null"/>: none may be.
    /// </summary>
    internal MaskLayout? MaskOf(int features) => MissingValues == VaeMissingValues.Refuse
        ? null
        : MaskLayout.Of(
            features, Likelihood.Checks(0, features, part: null, Normalization).Select(check => check.Support).OfType<FeatureSupport>());

    /// <summary>How the slots that are reconstructed are scaled, in words.</summary>
    internal string DescribeNormalization(RowLayout layout)
    {
        var kinds = Enumerable
            .Range(0, layout.Reconstructed)
            .Select(slot => NormalizationOf(layout.Target == 0 ? slot : layout.Features + slot, layout))
            .Distinct();
        return kinds.Count() > 1
            ? "mixed"
            : kinds.First() switch
            {
                VaeNormalization.Standardize => "standardize",
                VaeNormalization.StandardizeShared => "standardize-shared",
                VaeNormalization.MinMax => "min-max",
                _ => "none",
            };
    }

    /// <summary>Everything that is wrong with the options, at once.</summary>
    /// <exception cref="ArgumentException">Any option is out of range, or two do not fit.</exception>
    internal VaeModelOptions Checked()
    {
        OptionFaults.Throw([.. Faults()]);
        return this;
    }

    private protected virtual IEnumerable<string> Faults()
    {
        var missing = new (string Name, object? Value)[]
        {
            (nameof(Architecture), Architecture), (nameof(Latent), Latent), (nameof(Likelihood), Likelihood),
            (nameof(Objective), Objective), (nameof(Training), Training), (nameof(Scoring), Scoring),
        }.Where(o => o.Value is null).Select(o => $"{o.Name} must not be null").ToList();
        if (missing.Count > 0)
            return missing;

        var enums = new List<string>();
        if (!Enum.IsDefined(Normalization))
            enums.Add(OptionFaults.Undefined(nameof(Normalization), Normalization));
        if (ScoreKind is { } score && !Enum.IsDefined(score))
            enums.Add(OptionFaults.Undefined(nameof(ScoreKind), score));
        if (!Enum.IsDefined(MissingValues))
            enums.Add(OptionFaults.Undefined(nameof(MissingValues), MissingValues));
        string[] own = [.. Architecture.Faults(), .. Latent.Faults()];
        return [.. enums, .. ColumnNames.Faults(Columns), .. own, .. Likelihood.Faults(Normalization),
            .. own.Length > 0 ? [] : Latent.FaultsWith(Architecture),
            .. LabelFaults(),
            .. Architecture.FaultsWith(Likelihood),
            .. SequenceFaults(),
            .. MissingValueFaults.Of(this),
            .. Objective.Faults(),
            .. Latent.HasKl ? [] : Objective.FaultsWithoutKl(Latent.Kind),
            .. ScoreFaults(),
            .. ScheduleFaults(),
            .. Target is null || Training.ValidationSplit == VaeValidationSplit.Random ? [] : new[]
            {
                $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.ValidationSplit)} must be {nameof(VaeValidationSplit.Random)} "
                    + "with a target, whose categories are not in the order of time",
            },
            .. Corruption?.Faults() ?? [],
            .. Condition?.Faults(Latent) ?? [],
            .. Training.Faults().Select(fault => $"{nameof(VaeTrainingOptions)}.{fault}"),
            .. InitializationFaults.Of(this),
            .. GroupFaults.Of(this),
            .. Scoring.Faults(),
        ];
    }

    private IEnumerable<string> LabelFaults()
    {
        if (Latent.NeedsLabels && Label is null)
        {
            yield return $"{nameof(Latent)} {Latent.Kind} needs labels; train it with MulticlassClassification.Trainers.VaeSemiSupervised, "
                + "or choose another";
        }
        else if (!Latent.NeedsLabels && Label is not null)
        {
            yield return $"{nameof(Latent)} must be {nameof(VaeLatent)}.{nameof(VaeLatent.SemiSupervised)}, which has a class, but is "
                + $"{Latent.Kind}";
        }
    }

    private IEnumerable<string> SequenceFaults()
    {
        const string Architectures = $"{nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Sequence)}";
        const string Likelihoods = $"{nameof(VaeLikelihood)}.{nameof(VaeLikelihood.Sequence)}";
        var isSequence = Likelihood.SequenceLength is not null;
        if (Architecture.ReadsSequences && !isSequence)
            yield return $"{Architectures} reads sequences, whose likelihood must be {Likelihoods}";
        if (!isSequence)
            yield break;
        if (!Architecture.ReadsSequences)
            yield return $"{Likelihoods} needs {Architectures}, which reads tokens";
        if (Target is not null)
            yield return $"{Likelihoods} writes the sequence that was read: the target column must be null";
        if (Corruption is not null)
        {
            yield return $"{Likelihoods} takes no {nameof(Corruption)}, which would change the numbers of tokens; set "
                + nameof(SequenceLikelihood.WordDropout);
        }
    }

    private IEnumerable<string> ScoreFaults()
    {
        if (Score == VaeScoreKind.NeighborDistance && Likelihood.HasCategories)
        {
            yield return $"{nameof(ScoreKind)} {Score} needs features with distances, which categories have not; choose "
                + nameof(VaeScoreKind.NegativeElbo);
        }
        if (Score == VaeScoreKind.NegativeLogLikelihood && !LatentDescriptor.Of(Latent.Kind).HasDensity)
        {
            yield return $"{nameof(ScoreKind)} {Score} needs a density p(x), which a {Latent.Kind} latent variable does not give; "
                + $"choose {nameof(VaeScoreKind.NegativeElbo)}, or a Gaussian latent variable";
        }
    }

    private IEnumerable<string> ScheduleFaults()
    {
        if (Objective.ScheduleEpochs is var schedule and > 0 && Training.Epochs is { } epochs && epochs <= schedule)
        {
            yield return OptionFaults.Expected(
                $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.Epochs)}",
                epochs,
                $"above the {schedule} epochs of the objective's schedule"
            );
        }
    }
}
