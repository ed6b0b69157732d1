using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Columns;

/// <summary>What a model adds as columns: promises and schemas.</summary>
internal static class OutputColumns
{
    /// <summary>What <see cref="VaeTransformer.LogLikelihood"/> adds instead.</summary>
    private static readonly ModelOutput[] LikelihoodOutputs =
    [
        new(VaeTransformer.LogLikelihoodColumn, TensorNames.LogWeight),
        new(VaeTransformer.LogLikelihoodStandardErrorColumn, TensorNames.LogWeight),
    ];

    public static IReadOnlyList<OutputColumn> Of(VaeModelInfo info)
        => [.. ModelOutputs.Named(info.Columns).Select(named => new OutputColumn(named.Output, named.Name, info))];

    /// <summary>The log-likelihood and its standard error, in this order.</summary>
    public static IReadOnlyList<OutputColumn> OfLogLikelihood(VaeModelInfo info)
        => [.. LikelihoodOutputs.Select(output => new OutputColumn(output, output.Option, info))];

    /// <summary>What an estimator promises for <paramref name="input"/>, pass-through columns included.</summary>
    /// <param name="input">The shape of the training data.</param>
    /// <param name="columns">Those of the model to be.</param>
    /// <param name="target">The column that the decoder is to give; <see langword="null"/>: the features.</param>
    /// <param name="label">The column of labels; <see langword="null"/>: there is none.</param>
    /// <param name="allowsKeyTarget">Whether the target may be a key.</param>
    /// <param name="knownAnomalies">What says that a row is an anomaly; <see langword="null"/>: nothing.</param>
    /// <param name="sequenceLength">The most tokens of a row; <see langword="null"/>: a row is no sequence.</param>
    /// <param name="context">Marks exceptions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that training reads is missing or of another type.</exception>
    public static SchemaShape Shape(
        SchemaShape input, VaeColumns columns, string? target = null, string? label = null, bool allowsKeyTarget = false,
        string? knownAnomalies = null, int? sequenceLength = null, IExceptionContext? context = null)
    {
        var read = InputRule.Training(columns, target, label, allowsKeyTarget, knownAnomalies, sequenceLength)
            .Select(rule => ColumnChecks.Check(input, rule, context)).ToArray();
        var reconstructed = read.First(column => column.Name == (target ?? columns.Features));
        var added = ModelOutputs.Named(columns)
            .Select(named => (named.Name, Form: OutputForm.Of(named.Output)))
            .Select(named => named.Form.Values.Shape(named.Name, named.Form.Annotations.Shape(reconstructed))).ToArray();
        var replaced = added.Select(column => column.Name).ToHashSet();
        return new SchemaShape(input.Where(column => !replaced.Contains(column.Name)).Concat(added));
    }
}
