using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>What is asked of one column of the data: for training, or by a model of the rows that it scores.</summary>
/// <param name="Role">What the column is for.</param>
/// <param name="Column">Its name.</param>
internal sealed record InputRule(InputRole Role, string Column)
{
    /// <summary>Whether a key will do.</summary>
    public bool AllowsKey { get; init; }

    /// <summary>The most tokens of a row, where a row is a sequence of keys; <see langword="null"/>: it is none.</summary>
    public int? SequenceLength { get; init; }

    /// <summary>The tokens that the model was trained on; <see langword="null"/>: nothing yet.</summary>
    public (int Count, IReadOnlyList<string>? Names)? Tokens { get; init; }

    /// <summary>What the model was trained on; <see langword="null"/>: nothing yet.</summary>
    public (VaeInputKind Kind, int Width, IReadOnlyList<string>? Names)? Trained { get; init; }

    /// <summary>
    /// Whether a single value of the type will do: of a whole number, where a key would too, nobody knows whether it is a category or a
    /// quantity.
    /// </summary>
    public bool AllowsScalar(DataViewType type) => NumberReader.Takes(type) && Role switch
    {
        InputRole.KnownAnomaly => true,
        InputRole.Condition => type is BooleanDataViewType || type.RawType == typeof(float) || type.RawType == typeof(double),
        InputRole.Features or InputRole.Target => !AllowsKey,
        _ => false,
    };

    /// <summary>Whether nothing but a single number or Boolean will do.</summary>
    public bool IsScalar => Role == InputRole.KnownAnomaly;

    /// <summary>What training reads.</summary>
    /// <param name="columns">Those of the model to be.</param>
    /// <param name="target">What the decoder is to give; <see langword="null"/>: the features.</param>
    /// <param name="label">The class of a row; <see langword="null"/>: nobody asks for it.</param>
    /// <param name="allowsKeyTarget">Whether the target may be a key.</param>
    /// <param name="knownAnomalies">What says that a row is one; <see langword="null"/>: nothing.</param>
    /// <param name="sequenceLength">The most tokens of a row; <see langword="null"/>: a row is no sequence.</param>
    public static IReadOnlyList<InputRule> Training(
        VaeColumns columns, string? target, string? label = null, bool allowsKeyTarget = false, string? knownAnomalies = null,
        int? sequenceLength = null) =>
        [
            new(InputRole.Features, columns.Features) { AllowsKey = target is not null, SequenceLength = sequenceLength },
            .. target is null ? Array.Empty<InputRule>() : [new(InputRole.Target, target) { AllowsKey = allowsKeyTarget }],
            .. columns.Condition is null ? Array.Empty<InputRule>() : [new(InputRole.Condition, columns.Condition) { AllowsKey = true }],
            .. label is null ? Array.Empty<InputRule>() : [new(InputRole.Label, label) { AllowsKey = true }],
            .. knownAnomalies is null ? Array.Empty<InputRule>() : [new(InputRole.KnownAnomaly, knownAnomalies)],
        ];

    /// <summary>The features that a model was trained on.</summary>
    public static InputRule Features(VaeModelInfo info) =>
        new(InputRole.Features, info.Columns.Features)
        {
            AllowsKey = info.TargetCount > 0,
            SequenceLength = info.FeatureKind == VaeInputKind.Sequence ? info.FeatureCount : null,
            Tokens = info.FeatureKind == VaeInputKind.Sequence ? (info.TokenCount, info.TokenNames) : null,
            Trained = (info.FeatureKind, info.FeatureCount, info.FeatureKind == VaeInputKind.Key ? info.FeatureNames : null),
        };

    /// <summary>The condition that a model was trained with; <see langword="null"/>: none.</summary>
    public static InputRule? Condition(VaeModelInfo info) =>
        info is not { Columns.Condition: { } column, ConditionCount: > 0 }
            ? null
            : new(InputRole.Condition, column)
            {
                AllowsKey = true,
                Trained = (
                    info.ConditionKind ?? VaeInputKind.Vector,
                    info.ConditionCount,
                    info.ConditionKind == VaeInputKind.Key ? info.ConditionNames : null
                ),
            };
}
