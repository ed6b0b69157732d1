using MLNet.Vae.Messages;

namespace MLNet.Vae.Columns;

/// <summary>What is said of columns that cannot be read.</summary>
internal static class ColumnMessages
{
    public static string MissingColumn(InputRule rule, IEnumerable<string> found)
        => $"{Column(rule)} is missing; the data has {ScoringMessages.List(found)}. "
            + (rule.IsScalar
                ? $"Name the column that says which rows are {Role(rule)}."
                : $"Name the column that holds the {Role(rule)}, or make it with mlContext.Transforms.Concatenate(...) first.");

    public static string NotAVector(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is a single value of type {found}. "
            + $"Make a vector of it with mlContext.Transforms.Concatenate(\"{rule.Column}\", ...).";

    public static string NotASequence(InputRule rule, string found)
        => $"{Column(rule)} must be a vector of keys, the tokens of a sequence; it is {found}. Take text apart with "
            + "mlContext.Transforms.Text.TokenizeIntoWords, or with TokenizeIntoCharactersAsKeys and Conversion.MapKeyToValue, and make "
            + $"keys of any vector with mlContext.Transforms.Conversion.MapValueToKey(\"{rule.Column}\").";

    public static string TooManyTokens(InputRule rule, string found, int maximum)
        => $"{Column(rule)} is {found}; the keys of a sequence may have {ScoringMessages.Count(maximum)} values at most, as each has a "
            + "probability at every step. TokenizeIntoCharactersAsKeys has one for every character that there is: keep those that come, "
            + "with mlContext.Transforms.Conversion.MapKeyToValue and MapValueToKey after it, whose maximumNumberOfKeys leaves out rare "
            + "words.";

    public static string OtherTokens(InputRule rule, int expected, int found)
        => $"{Column(rule)} has keys of {ScoringMessages.Count(found)} values; the model was trained on keys of "
            + $"{ScoringMessages.Count(expected)}. Map with the fitted transform of the training data, in the same pipeline.";

    public static string UnknownSize(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}, of unknown size. "
            + "Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a range.";

    public static string WrongItemType(InputRule rule, string found, string remedy)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}. Convert it first: {remedy}.";

    public static string KeyAlone(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}. A key alone has nothing to be reconstructed from but itself. "
            + $"To learn a vector for each of its values, train with {ScoringMessages.TargetOption}; "
            + $"to make it one feature of several, convert it first: mlContext.Transforms.Conversion.MapKeyToVector(\"{rule.Column}\").";

    public static string TooManyCategories(InputRule rule, string found, int maximum)
        => $"{Column(rule)} is {found}; a key may have {ScoringMessages.Count(maximum)} values at most, as each is a value of every row. "
            + "Map the rare ones to one key (maximumNumberOfKeys of mlContext.Transforms.Conversion.MapValueToKey), or hash to fewer bits.";

    public static string WrongWidth(InputRule rule, int expected, int found)
        => $"{Column(rule)} has {ScoringMessages.Count(found)} slots; the model was trained on {ScoringMessages.Count(expected)}. "
            + $"Score the same {Role(rule)} in the same order as in training.";

    public static string OtherKind(InputRule rule, VaeInputKind expected, int width, string found)
        => $"{Column(rule)} is {found}; the model was trained on {Kind(expected, width)}, and another value means nothing to it. "
            + $"Give the {Role(rule)} as in training: keep the transforms that make the column in the fitted pipeline.";

    public static string OtherCategory(InputRule rule, int key, string expected, string found) =>
        $"{Column(rule)}: key {ScoringMessages.Count(key)} stands for \"{found}\"; it stood for \"{expected}\" in training. "
        + "Map with the fitted mlContext.Transforms.Conversion.MapValueToKey of the training data, in the same pipeline or saved beside "
        + "it.";

    private static string Column(InputRule rule) => $"The {Role(rule)} column \"{rule.Column}\"";

    private static string Role(InputRule rule) => rule.Role switch
    {
        InputRole.Features => "features",
        InputRole.Target => "target",
        InputRole.Label => "label",
        InputRole.KnownAnomaly => "known anomalies",
        _ => "condition",
    };

    private static string Expected(InputRule rule)
        => rule.Role == InputRole.Label ? "a key"
            : rule.IsScalar ? "a Boolean, or a number of 0 and 1"
            : rule.Role == InputRole.Condition ? "a key, a Boolean, a Single, a Double or a vector of numbers of known size"
            : rule.AllowsKey ? "a key or a vector of numbers of known size"
            : "a vector of numbers of known size, or a number";

    private static string Kind(VaeInputKind kind, int width) => kind switch
    {
        VaeInputKind.Key => $"a key of {ScoringMessages.Count(width)} values",
        VaeInputKind.Boolean => "a Boolean",
        VaeInputKind.Scalar => "a single number",
        VaeInputKind.Sequence => $"sequences of up to {ScoringMessages.Count(width)} keys",
        _ => $"a vector of {ScoringMessages.Count(width)} slots",
    };
}
