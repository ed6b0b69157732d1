using System.Globalization;

namespace MLNet.Vae.Generation;

/// <summary>Every sentence that generation says to a user: the thing, what was expected, what was found, what to do.</summary>
internal static class GenerationMessages
{
    private const int NamesShown = 12;

    public static string NoSequences()
        => "The rows are vectors of numbers and no sequences of tokens, which a model has whose likelihood is VaeLikelihood.Sequence. "
            + "Read Rows.";

    public static string NeedsDecoder()
        => "This model was loaded from an encoder alone; generation needs the decoder. Load scorer.onnx or the model.zip instead.";

    public static string Counted(string what, int least, int found)
        => string.Create(CultureInfo.InvariantCulture, $"{what} must be at least {least}; it is {found}.");

    public static string NotFinite(string what, string range, double found)
        => string.Create(CultureInfo.InvariantCulture, $"{what} must be {range}; it is {found}.");

    public static string DimensionOutOfRange(int found, int count) => count == 1
        ? $"There is no latent dimension {Text(found)}: this model has one, 0."
        : $"There is no latent dimension {Text(found)}: this model has {Text(count)}, from 0 to {Text(count - 1)}.";

    public static string SameDimension(int dimension)
        => $"Both axes of the grid are latent dimension {Text(dimension)}. Give two different ones.";

    public static string NullRow(string what, int index) => $"{what}{At(index)} is null.";

    public static string RowOfWrongWidth(string what, int index, int expected, int found, string unit) =>
        $"{what}{At(index)} has {Text(found)} values; the model has {Text(expected)} {unit}. Give {unit} in the same order as in training.";

    public static string CodeOfWrongWidth(string what, int index, int expected, int found, bool keys = false) =>
        $"{what}{At(index)} has {Text(found)} values; the model has {Text(expected)} latent dimensions. Give codes as Encode or Sample "
        + $"returns them{(keys ? ", or keys of the codebook to DecodeKeys" : "")}.";

    /// <param name="index">Of the row, counted from 0.</param>
    /// <param name="info">The model's sizes.</param>
    /// <param name="found">Keys of the row; <see langword="null"/>: it is null.</param>
    public static string KeysOfWrongWidth(int index, VaeModelInfo info, int? found) =>
        $"Keys of row {Text(index)} (counted from 0): expected {Text(info.CodeCount)} of them, found "
        + $"{(found is { } count ? Text(count) : "null")}. Give keys as EncodeKeys or the column of codes has them.";

    public static string KeyOutOfRange(int index, int place, VaeModelInfo info, uint found) =>
        $"Key {Text(place)} of row {Text(index)} (both counted from 0) is {Text(found)}; expected one from 1 to "
        + $"{Text(info.CodebookSize)}, as the codebook has so many entries{(found == 0 ? ", and 0 is a missing key" : "")}. "
        + "Give keys as EncodeKeys or the column of codes has them: the number of an entry and 1.";

    public static string HasNoKeys(VaeLatentKind kind) =>
        $"A model with a {kind} latent has no keys: only one with codes (VectorQuantized latent) has. Use Encode and Decode.";

    public static string NoCodeColumn(string? name, VaeColumns columns) =>
        $"The data have no column {(name is null ? $"\"{columns.Codes ?? columns.Embedding}\"" : $"\"{name}\"")} of codes. "
        + "Give data that the model's transformer has written, or name the column.";

    public static string NoCodesIn(string column, string found, VaeModelInfo info) =>
        $"Column \"{column}\" is of type {found}; expected "
        + (info.CodeCount > 0 ? $"Vector<Key<UInt32, 0-{info.CodebookSize - 1}>, {info.CodeCount}> or " : "")
        + $"Vector<Single, {info.LatentDimension}>, as this model writes codes. Name the column that it has written.";

    public static string BadCondition(string column, long row) =>
        $"Column \"{column}\", row {Text(row)} (counted from 0): the condition is missing or not finite. Leave the row out.";

    public static string NonFiniteRow(string what, int index, int slot, string? slotName, float value)
        => $"{what}{At(index)}, value {Text(slot)}{(string.IsNullOrEmpty(slotName) ? "" : $" (\"{slotName}\")")} is "
            + $"{value.ToString(CultureInfo.InvariantCulture)}; only finite numbers can be used. Replace such values before.";

    public static string MissingInPart(string what, int index, int slot, int start, int count)
        => $"{what}{At(index)}, value {Text(slot)} is NaN: the category of values {Text(start)} to {Text(start + count - 1)} is missing "
            + "where all of them are NaN. Give NaN in all of them.";

    public static string NeedsCondition(VaeModelInfo info)
        => $"This model is conditional: give a condition, {Expected(info, info.ConditionKind ?? VaeInputKind.Vector)}.";

    public static string HasNoCondition(VaeConditionValue condition)
        => $"This model has no condition, and \"{condition}\" was given as one. Leave it out, or train a model with VaeOptions.Condition.";

    public static string UnknownCondition(VaeModelInfo info, VaeInputKind kind, VaeConditionValue condition) =>
        $"The model was never trained with the condition {(condition.Values is null ? $"\"{condition}\"" : condition)}: expected "
        + $"{Expected(info, kind)}.";

    public static string NoConditions() => "There is no condition to vary to. Give at least one.";

    public static string NoPrior(string what)
        => $"{what} needs a prior, and the code of a plain autoencoder (Deterministic latent) has none. "
            + "Vary the code of a row with SampleNear or Traverse, go from one row to another with Interpolate, draw a grid over codes of "
            + "rows that you give, or train a variational model (VaeLatent.Gaussian).";

    public static string NotLinear(VaeModelInfo info) =>
        $"Loadings are those of a linear model without a condition; this one is {info.Architecture}, {info.Likelihood}"
        + $"{(info.ConditionCount > 0 ? ", conditional" : "")}. Train one with VaeArchitecture.Linear and a Gaussian likelihood, or look "
        + "at Traverse.";

    public static string Codes(string what, string why)
        => $"{what} makes no sense on a model with codes (VectorQuantized latent): {why}. "
            + "Draw codes with Sample, compare rows with Reconstruct, or train a model with a Gaussian latent.";

    public static string WithoutGraph(string what)
        => $"The model has no {what}: it was saved by an earlier version of this package. Train or export it anew.";

    private static string Expected(VaeModelInfo info, VaeInputKind kind) => kind switch
    {
        VaeInputKind.Key when info.ConditionNames is { } names => $"one of {Known(names)}",
        VaeInputKind.Key => $"the number of a category, from 1 to {Text(info.ConditionCount)}",
        VaeInputKind.Boolean => "true or false",
        VaeInputKind.Scalar => "a finite number",
        _ => $"a vector of {Text(info.ConditionCount)} finite values",
    };

    private static string Known(IReadOnlyList<string> names)
    {
        var shown = names.Take(NamesShown).Select(name => $"\"{name}\"").ToArray();
        return names.Count > shown.Length ? $"{string.Join(", ", shown)} and {Text(names.Count - shown.Length)} more"
            : shown.Length == 1 ? shown[0]
            : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }

    private static string At(int index) => index < 0 ? "" : $" {Text(index)} (counted from 0)";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
