using System.Globalization;
using MLNet.Vae.Latents;

namespace MLNet.Vae.Messages;

/// <summary>Every sentence that scoring says to a user: the thing, what was expected, what was found, what to do.</summary>
internal static class ScoringMessages
{
    private const string ReturnNaNOption =
        $"{nameof(VaeScoringOptions)}.{nameof(VaeScoringOptions.NonFiniteInput)} = "
        + $"{nameof(NonFiniteHandling)}.{nameof(NonFiniteHandling.ReturnNaN)}";

    // An option of the training package, which this one does not know.
    public const string TargetOption = "VaeOptions.TargetColumnName";

    /// <param name="sentence">Says which value of which row.</param>
    /// <param name="isKey">Whether it is a missing key.</param>
    public static string Refused(string sentence, bool isKey) => BadValue.WithRemedy(sentence, isKey, $"set {ReturnNaNOption}");

    /// <param name="sentence">Says which value of which row of an array.</param>
    public static string Refused(string sentence) => $"{sentence}. Replace such values first, leave the row out, or set {ReturnNaNOption}.";

    /// <param name="sentence">Says which category of which row.</param>
    public static string MissingInPart(string sentence) => $"{sentence}. Give NaN in all of its slots, or set {ReturnNaNOption}.";

    public static string ScoredAsNaN(string sentence)
        => $"{sentence}; the outputs of this row are NaN, and so are those of every such row of this pass without further warning.";

    /// <param name="sentence">Says which value of which row.</param>
    /// <param name="input">What holds the value.</param>
    public static string OutsideSupport(string sentence, string input)
        => $"{sentence}. Such a row has no score: give the {input} in the units of training, leave the row out, or set {ReturnNaNOption}.";

    public static string OutsideSupportAsNaN(string sentence)
        => $"{sentence}; score and log-likelihood of this row are NaN, and so are those of every such row of this pass without further "
            + "warning.";

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

    public static string NeedsCalibration(string column)
        => $"Column \"{column}\" holds p-values, but the model has no calibration scores, which only detectors of this version have. "
            + "Train again with AnomalyDetection.Trainers.Vae, or leave PValue out.";

    public static string FalseDiscoveryRate() => "A false discovery rate must be above 0 and below 1.";

    public static string NoPValue(int row)
        => $"Row {Count(row)} (counted from 0): a p-value must be above 0 and at most 1. Give the column PValue of a detector.";

    public static string NotGiven(string column, string output, VaeLatentKind latent)
        => $"Column \"{column}\" is named for {output}, which a model with a {latent} latent does not give. Leave {output} out.";

    public static string NoScore(IEnumerable<string> columns) =>
        "This model reconstructs a target, not its features, and a row can be scored only against its target: it cannot give "
        + $"{List(columns)}. "
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

    public static string EncoderOnly(IEnumerable<string> columns) =>
        $"This model was loaded from an encoder alone and gives only what describes the latent variable; {List(columns)} need the decoder. "
        + "Load scorer.onnx or the model.zip instead.";

    public static string SamplesOutOfRange(int maximum)
        => string.Create(CultureInfo.InvariantCulture, $"The number of importance samples must be from 1 to {maximum}.");

    public static string NoDensity(VaeLatentKind latent, bool isComplete) => (latent, isComplete) switch
    {
        (_, false) => "This model was loaded from an encoder alone; a log-likelihood needs the decoder. "
            + "Load scorer.onnx or the model.zip instead.",
        _ when !LatentDescriptor.Of(latent).HasDensity
            => $"A model with a {latent} latent variable gives no log-likelihood: it has no density p(x). "
                + "Train one with a Gaussian latent variable, or use the score.",
        _ => "This model was saved without the graph that a log-likelihood needs, or reconstructs other values than its features. "
            + "Save it again with this version of the package, or train it on the features themselves.",
    };

    public static string UndefinedProposal()
        => $"The proposal must be one of {string.Join(", ", Enum.GetNames<VaeProposal>())}.";

    public static string NoDensityGraph()
        => "This model was saved by an earlier version of this package, without the graph that plain Monte Carlo needs. Train or export it "
            + "anew, or draw from the posterior.";

    public static string ThresholdNotFinite() => "A threshold must be a finite number.";

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

    public static string CannotScore(string path, string fault)
        => $"\"{path}\" describes a model that cannot score: {fault} Copy it again or export the model again.";

    public static string CannotOpen(string reason)
        => "The model's graph cannot be opened: expected one that ONNX Runtime runs, found one that it refuses. Export the model again, "
            + $"with this version of the package. Reason: {reason}";

    public static string NoVae(string source, int onnxModels)
        => $"{source} holds no variational autoencoder of MLNet.Vae: expected one, "
            + $"found {(onnxModels == 0 ? "no ONNX model at all" : $"only ONNX models of others ({Count(onnxModels)})")}. "
            + "Give a pipeline that was saved with a VaeEmbed or a Vae trainer in it.";

    public static string SeveralVaes(string source, IEnumerable<string> columns)
        => $"{source} holds several variational autoencoders: expected one, found those that add {List(columns)}. "
            + "Give the single transformer, as TransformerChain enumerates them.";

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

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
