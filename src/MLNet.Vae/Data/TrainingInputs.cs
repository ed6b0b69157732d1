using Microsoft.ML;
using MLNet.Vae.Columns;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Data;

/// <summary>The columns that a model is trained on.</summary>
/// <param name="Features">What the encoder reads.</param>
/// <param name="Target">What the decoder is to give; <see langword="null"/>: the features.</param>
/// <param name="Condition">What both are conditioned on; <see langword="null"/>: nothing.</param>
/// <param name="Label">The class of a row, which may be missing; <see langword="null"/>: there is none. Never beside a condition.</param>
internal sealed record TrainingInputs(
    InputColumn Features, InputColumn? Target = null, InputColumn? Condition = null, InputColumn? Label = null)
{
    /// <summary>In the order of <see cref="Layout"/>.</summary>
    public IReadOnlyList<InputColumn> All { get; } = [.. new[] { Features, Target, Condition, Label }.OfType<InputColumn>()];

    public InputColumn Reconstructed => Target ?? Features;

    public RowLayout Layout => new(Features.Width, Target?.Width ?? 0, (Condition ?? Label)?.Width ?? 0)
    {
        CategoricalFeatures = Features.Kind == VaeInputKind.Key,
        CategoricalCondition = Label is not null || Condition?.Kind is VaeInputKind.Key or VaeInputKind.Boolean,
        ConditionIsLabel = Label is not null,
        AreLinks = AreLinks,
        Tokens = Features.Tokens,
        Mask = Mask,
    };

    /// <summary>Whether rows are read as <see cref="LinkRows"/>.</summary>
    public bool AreLinks { get; init; }

    /// <summary>How the encoder reads features some of which are missing; <see langword="null"/>: none may be.</summary>
    public MaskLayout? Mask { get; init; }

    /// <summary>Whether a row is known to be an anomaly, which no row of the training is; <see langword="null"/>: nobody says.</summary>
    public InputColumn? KnownAnomaly { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static TrainingInputs Of(DataViewSchema schema, VaeModelOptions options)
    {
        var rules = InputRule.Training(
            options.Columns, options.Target, options.Label, options.Likelihood.TakesKeys, options.KnownAnomalies,
            options.Likelihood.SequenceLength);
        var found = rules.Select(rule => ColumnChecks.Check(schema, rule)).ToList();
        var inputs = new TrainingInputs(Of(InputRole.Features)!, Of(InputRole.Target), Of(InputRole.Condition), Of(InputRole.Label));
        return inputs with
        {
            KnownAnomaly = Of(InputRole.KnownAnomaly),
            Mask = options.MaskOf(inputs.Features.Width),
            AreLinks = inputs is { Features.Kind: VaeInputKind.Key, Target: not null } && options.CanReadLinks,
        };

        InputColumn? Of(InputRole role) => found.Find(input => input.Role == role);
    }
}
