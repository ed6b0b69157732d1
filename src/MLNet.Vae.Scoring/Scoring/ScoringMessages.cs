using System.Globalization;

namespace MLNet.Vae.Scoring;

/// <summary>Every sentence that scoring says to a user: the thing, what was expected, what was found, what to do.</summary>
internal static class ScoringMessages
{
    private const string Row = "(counted from 0 in the order of this pass)";

    private const string ReturnNaNOption
        = $"{nameof(VaeScoringOptions)}.{nameof(VaeScoringOptions.NonFiniteInput)} = {nameof(NonFiniteHandling)}.{nameof(NonFiniteHandling.ReturnNaN)}";

    private const string ReplaceOrNaN = $"Replace such values before (mlContext.Transforms.ReplaceMissingValues), or set {ReturnNaNOption}.";

    private const string WithoutFurtherWarning
        = "the outputs of this row are NaN, and so are those of every such row of this pass without further warning.";

    // An option of the training package, which this one does not know.
    private const string TargetOption = "VaeOptions.TargetColumnName";

    public static string MissingColumn(InputRule rule, IEnumerable<string> found)
        => $"{Column(rule)} is missing; the data has {List(found)}. "
            + $"Name the column that holds the {Role(rule)}, or make it with mlContext.Transforms.Concatenate(...) first.";

    public static string NotAVector(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is a single value of type {found}. "
            + $"Make a vector of it with mlContext.Transforms.Concatenate(\"{rule.Column}\", ...).";

    public static string UnknownSize(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}, of unknown size. "
            + "Give the size where the column is loaded: [VectorType(n)] on the property, or a TextLoader.Column with a range.";

    public static string WrongItemType(InputRule rule, string found, string remedy)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}. Convert it first: {remedy}.";

    public static string KeyAlone(InputRule rule, string found)
        => $"{Column(rule)} must be {Expected(rule)}; it is {found}. A key alone has nothing to be reconstructed from but itself. "
            + $"To learn a vector for each of its values, train with {TargetOption}; "
            + $"to make it one feature of several, convert it first: mlContext.Transforms.Conversion.MapKeyToVector(\"{rule.Column}\").";

    public static string TooManyCategories(InputRule rule, string found, int maximum)
        => $"{Column(rule)} is {found}; a key may have {Count(maximum)} values at most, as each is a value of every row. "
            + "Map the rare ones to one key (maximumNumberOfKeys of mlContext.Transforms.Conversion.MapValueToKey), or hash to fewer bits.";

    public static string WrongWidth(InputRule rule, int expected, int found)
        => $"{Column(rule)} has {Count(found)} slots; the model was trained on {Count(expected)}. "
            + $"Score the same {Role(rule)} in the same order as in training.";

    public static string OtherKind(InputRule rule, VaeInputKind expected, int width, string found)
        => $"{Column(rule)} is {found}; the model was trained on {Kind(expected, width)}, and another value means nothing to it. "
            + $"Give the {Role(rule)} as in training: keep the transforms that make the column in the fitted pipeline.";

    public static string OtherCategory(InputRule rule, int key, string expected, string found)
        => $"{Column(rule)}: key {Count(key)} stands for \"{found}\"; it stood for \"{expected}\" in training. "
            + "Map with the fitted mlContext.Transforms.Conversion.MapValueToKey of the training data, in the same pipeline or saved beside it.";

    public static string RowOfWrongWidth(string column, long row, int expected, int found)
        => $"Column \"{column}\", row {Count(row)} {Row} has {Count(found)} values; its type says {Count(expected)}. "
            + "Every row must have the size that the column's type gives.";

    public static string NonFinite(string column, long row, int slot, string? slotName, float value)
        => $"Column \"{column}\", row {Count(row)} {Row}, slot {Count(slot)}{Parenthesis(slotName)} is {Number(value)}. {ReplaceOrNaN}";

    public static string NonFiniteScalar(string column, long row, float value)
        => $"Column \"{column}\", row {Count(row)} {Row} is {Number(value)}. {ReplaceOrNaN}";

    public static string MissingKey(string column, long row, int count)
        => $"Column \"{column}\", row {Count(row)} {Row} has no key from 1 to {Count(count)}: it is missing. "
            + $"Leave such rows out, or set {ReturnNaNOption}.";

    public static string NonFiniteScalarWarning(string column, long row, float value)
        => $"Column \"{column}\", row {Count(row)} {Row} is {Number(value)}; {WithoutFurtherWarning}";

    public static string MissingKeyWarning(string column, long row, int count)
        => $"Column \"{column}\", row {Count(row)} {Row} has no key from 1 to {Count(count)}; {WithoutFurtherWarning}";

    public static string NonFiniteWarning(string column, long row, int slot, string? slotName, float value)
        => $"Column \"{column}\", row {Count(row)} {Row}, slot {Count(slot)}{Parenthesis(slotName)} is {Number(value)}; {WithoutFurtherWarning}";

    public static string InactiveColumn(string column)
        => $"Column \"{column}\" is not active in this row; name it in the columns asked of GetRowCursor or GetRow.";

    public static string WrongGetterType(string column, string expected, string asked)
        => $"Column \"{column}\" is of type {expected}; a getter of ValueGetter<{asked}> was asked for. Getters never convert.";

    public static string NoCurrentRow()
        => "There is no current row: MoveNext was not called yet, or has returned false, or the cursor was disposed.";

    public static string ForeignSchema()
        => "The row has another schema than the one this mapper was made for. Make a mapper from the row's own schema.";

    public static string Faults(string what, IReadOnlyList<string> faults)
        => faults.Count == 1
            ? $"{what}: {faults[0]}"
            : $"{what}, {Count(faults.Count)} faults:{string.Concat(faults.Select(fault => $"\n- {fault}"))}";

    public static string OutOfRange(string option, string range, object found)
        => string.Create(CultureInfo.InvariantCulture, $"{nameof(VaeScoringOptions)}.{option} must be {range}, but is {found}");

    public static string NeedsThreshold(string column)
        => $"Column \"{column}\" holds predicted labels, but the model has no threshold. "
            + "Set one with WithThreshold(...), or leave PredictedLabel out.";

    public static string NotGiven(string column, string output, VaeLatentKind latent)
        => $"Column \"{column}\" is named for {output}, which a model with a {latent} latent does not give. Leave {output} out.";

    public static string NoScore(IEnumerable<string> columns)
        => $"This model reconstructs a target, not its features, and a row can be scored only against its target: it cannot give {List(columns)}. "
            + "Leave Score, PredictedLabel and Contributions out.";

    public static string NoCategories(string column)
        => $"The features column \"{column}\" of this model holds no categories: expected a model trained on a key or a one-hot vector "
            + $"({TargetOption} set), found one of other features. Embed rows with Transform instead.";

    public static string ConditionalCategories(string column)
        => $"This model is conditional, so the vector of a category depends on the condition (column \"{column}\"). "
            + "Train without a condition, or embed rows with Transform.";

    public static string UnknownCategory(string category, IReadOnlyCollection<string> names)
        => $"There is no category \"{category}\" among the {Count(names.Count)} of this model, which begin with {List(names.Take(3))}.";

    public static string NeedsCondition()
        => $"This model is conditional: {nameof(VaeColumns)}.{nameof(VaeColumns.Condition)} must name the column of the condition.";

    public static string HasNoCondition(string column)
        => $"This model has no condition: leave {nameof(VaeColumns)}.{nameof(VaeColumns.Condition)} out, which names \"{column}\".";

    public static string EncoderOnly(IEnumerable<string> columns)
        => $"This model was loaded from an encoder alone and gives only what describes the latent variable; {List(columns)} need the decoder. "
            + "Load scorer.onnx or the model.zip instead.";

    public static string SamplesOutOfRange(int maximum)
        => string.Create(CultureInfo.InvariantCulture, $"The number of importance samples must be from 1 to {maximum}.");

    public static string NoDensity(VaeLatentKind latent, bool isComplete) => (latent, isComplete) switch
    {
        (_, false) => "This model was loaded from an encoder alone; a log-likelihood needs the decoder. "
            + "Load scorer.onnx or the model.zip instead.",
        (VaeLatentKind.Deterministic or VaeLatentKind.VectorQuantized, _)
            => $"A model with a {latent} latent variable gives no log-likelihood: it has no density p(x). "
                + "Train one with a Gaussian latent variable, or use the score.",
        _ => "This model was saved without the graph that a log-likelihood needs, or reconstructs other values than its features. "
            + "Save it again with this version of the package, or train it on the features themselves.",
    };

    public static string ThresholdNotFinite(double threshold)
        => string.Create(CultureInfo.InvariantCulture, $"A threshold must be a finite number; it is {threshold}.");

    public static string NoGpu(int device, string reason)
        => $"GPU device {Count(device)} was asked for and cannot be used. "
            + "Add the package Microsoft.ML.OnnxRuntime.Gpu, check the CUDA installation, or allow the CPU with "
            + $"{nameof(VaeScoringOptions)}.{nameof(VaeScoringOptions.FallbackToCpu)} = true. Reason: {reason}";

    public static string FellBackToCpu(int device, string reason)
        => $"GPU device {Count(device)} was asked for and cannot be used; scoring on the CPU. Reason: {reason}";

    public static string FileMissing(string path)
        => $"There is no file \"{path}\". Give the path of a saved model.zip or of an exported scorer.onnx.";

    public static string IsADirectory(string path)
        => $"\"{path}\" is a directory. Give the path of a saved model.zip or of an exported scorer.onnx.";

    public static string BrokenZip(string path, string reason)
        => $"\"{path}\" begins like a zip archive but cannot be read: expected a model.zip as mlContext.Model.Save writes it, "
            + $"found a truncated or damaged one. Copy or save the model again. Reason: {reason}";

    public static string NoVae(string source, int onnxModels)
        => $"{source} holds no variational autoencoder of MLNet.Vae: expected one, "
            + $"found {(onnxModels == 0 ? "no ONNX model at all" : $"only ONNX models of others ({Count(onnxModels)})")}. "
            + "Give a pipeline that was saved with a VaeEmbed or a Vae trainer in it.";

    public static string SeveralVaes(string source, IEnumerable<string> columns)
        => $"{source} holds several variational autoencoders: expected one, found those that add {List(columns)}. "
            + "Give the single transformer, as TransformerChain enumerates them.";

    private static string Column(InputRule rule) => $"The {Role(rule)} column \"{rule.Column}\"";

    private static string Role(InputRule rule) => rule.Role switch
    {
        InputRole.Features => "features",
        InputRole.Target => "target",
        _ => "condition",
    };

    private static string Expected(InputRule rule)
        => rule.AllowsScalars ? "a key, a Boolean, a Single or a vector of Single of known size"
            : rule.AllowsKey ? "a key or a vector of Single of known size"
            : "a vector of Single of known size";

    private static string Kind(VaeInputKind kind, int width) => kind switch
    {
        VaeInputKind.Key => $"a key of {Count(width)} values",
        VaeInputKind.Boolean => "a Boolean",
        VaeInputKind.Scalar => "a Single",
        _ => $"a vector of {Count(width)} slots",
    };

    /// <summary>Names in quotes, as in a sentence.</summary>
    public static string List(IEnumerable<string> names)
    {
        var quoted = names.Select(name => $"\"{name}\"").ToArray();
        return quoted.Length switch
        {
            0 => "no columns",
            1 => quoted[0],
            _ => $"{string.Join(", ", quoted[..^1])} and {quoted[^1]}",
        };
    }

    private static string Parenthesis(string? name) => string.IsNullOrEmpty(name) ? "" : $" (\"{name}\")";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(float value) => value switch
    {
        float.PositiveInfinity => "infinite",
        float.NegativeInfinity => "minus infinite",
        _ => "NaN",
    };
}
