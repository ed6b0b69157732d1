using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Columns;

/// <summary>The table of what a model can add as a column: promises, schemas, getters, checks and saved pipelines are made of it.</summary>
internal static class OutputColumns
{
    public static readonly ModelOutput Embedding = new(nameof(VaeColumns.Embedding), TensorNames.Mean, OutputValues.Numbers)
    {
        NameIn = columns => columns.Embedding,
        Rename = (columns, name) => columns with { Embedding = name },
        Width = info => info.LatentDimension,
        Annotations = OutputAnnotations.LatentSlots,
    };

    /// <summary>All that <see cref="VaeColumns"/> can name, in the order in which they are added.</summary>
    public static readonly IReadOnlyList<ModelOutput> All =
    [
        Embedding,
        new(nameof(VaeColumns.LogSigma), TensorNames.LogSigma, OutputValues.Numbers)
        {
            NameIn = columns => columns.LogSigma,
            Rename = (columns, name) => columns with { LogSigma = name },
            Width = info => info.HasLogSigma ? info.LatentDimension : 0,
            Annotations = OutputAnnotations.LatentSlots,
        },
        new(nameof(VaeColumns.Components), TensorNames.Component, OutputValues.Numbers)
        {
            NameIn = columns => columns.Components,
            Rename = (columns, name) => columns with { Components = name },
            Width = info => info.ComponentCount,
            Annotations = OutputAnnotations.LatentSlots,
        },
        new(nameof(VaeColumns.Reconstruction), TensorNames.Reconstruction, OutputValues.Numbers)
        {
            NameIn = columns => columns.Reconstruction,
            Rename = (columns, name) => columns with { Reconstruction = name },
            Width = info => info.ReconstructionCount,
            Annotations = OutputAnnotations.ReconstructedSlots,
            NeedsDecoder = true,
        },
        new(nameof(VaeColumns.Contributions), TensorNames.Contributions, OutputValues.Numbers)
        {
            NameIn = columns => columns.Contributions,
            Rename = (columns, name) => columns with { Contributions = name },
            Width = info => info.FeatureCount,
            Annotations = OutputAnnotations.ReconstructedSlots,
            NeedsDecoder = true,
            NeedsScore = true,
        },
        new(nameof(VaeColumns.Codes), TensorNames.Codes, OutputValues.Keys)
        {
            NameIn = columns => columns.Codes,
            Rename = (columns, name) => columns with { Codes = name },
            Width = info => info.CodeCount,
            Annotations = OutputAnnotations.CodeSlots,
            SavedFrom = PipelineColumns.CodeNumbers,
        },
        new(nameof(VaeColumns.ClassProbabilities), TensorNames.ClassProbabilities, OutputValues.Numbers)
        {
            NameIn = columns => columns.ClassProbabilities,
            Rename = (columns, name) => columns with { ClassProbabilities = name },
            Width = info => info.ClassCount,
            Annotations = OutputAnnotations.ClassSlots,
        },
        new(nameof(VaeColumns.PredictedClass), TensorNames.Class, OutputValues.Class)
        {
            NameIn = columns => columns.PredictedClass,
            Rename = (columns, name) => columns with { PredictedClass = name },
            Width = info => info.ClassCount > 0 ? 1 : 0,
            Annotations = OutputAnnotations.PredictedClass,
            SavedFrom = PipelineColumns.ClassNumber,
        },
        new(nameof(VaeColumns.Score), TensorNames.Score, OutputValues.Number)
        {
            NameIn = columns => columns.Score,
            Rename = (columns, name) => columns with { Score = name },
            Annotations = OutputAnnotations.Score,
            NeedsDecoder = true,
            NeedsScore = true,
            SavedFrom = PipelineColumns.Score,
        },
        new(nameof(VaeColumns.PredictedLabel), TensorNames.Score, OutputValues.AboveThreshold)
        {
            NameIn = columns => columns.PredictedLabel,
            Rename = (columns, name) => columns with { PredictedLabel = name },
            Annotations = OutputAnnotations.Score,
            NeedsDecoder = true,
            NeedsScore = true,
            NeedsThreshold = true,
            SavedFrom = PipelineColumns.Label,
        },
        new(nameof(VaeColumns.PValue), TensorNames.Score, OutputValues.PValue)
        {
            NameIn = columns => columns.PValue,
            Rename = (columns, name) => columns with { PValue = name },
            NeedsDecoder = true,
            NeedsScore = true,
            NeedsCalibration = true,
            SavedFrom = PipelineColumns.PValue,
        },
    ];

    /// <summary>What <see cref="VaeTransformer.LogLikelihood"/> adds instead.</summary>
    private static readonly ModelOutput[] LikelihoodOutputs =
    [
        new(VaeTransformer.LogLikelihoodColumn, TensorNames.LogWeight, OutputValues.Number),
        new(VaeTransformer.LogLikelihoodStandardErrorColumn, TensorNames.LogWeight, OutputValues.Number),
    ];

    /// <summary>The outputs that are asked for, in order.</summary>
    public static IEnumerable<(ModelOutput Output, string Name)> Named(VaeColumns columns)
        => from output in All let name = output.NameIn(columns) where name is not null select (output, name);

    public static IReadOnlyList<OutputColumn> Of(VaeModelInfo info)
        => [.. Named(info.Columns).Select(named => new OutputColumn(named.Output, named.Name, info))];

    /// <summary>The log-likelihood and its standard error, in this order.</summary>
    public static IReadOnlyList<OutputColumn> OfLogLikelihood(VaeModelInfo info)
        => [.. LikelihoodOutputs.Select(output => new OutputColumn(output, output.Option, info))];

    public static bool NeedDecoder(VaeColumns columns) => Named(columns).Any(named => named.Output.NeedsDecoder);

    /// <summary>What the encoder alone gives of them; the embedding where that would be nothing.</summary>
    public static VaeColumns WithoutDecoder(VaeColumns columns)
    {
        var left = All.Where(output => output.NeedsDecoder).Aggregate(columns, (left, output) => output.Rename(left, null));
        return Named(left).Any() ? left : left with { Embedding = Embedding.Option };
    }

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
        var added = Named(columns)
            .Select(named => named.Output.Values.Shape(named.Name, named.Output.Annotations.Shape(reconstructed))).ToArray();
        var replaced = added.Select(column => column.Name).ToHashSet();
        return new SchemaShape(input.Where(column => !replaced.Contains(column.Name)).Concat(added));
    }

    /// <summary>The vectors that the graph of a saved pipeline gives.</summary>
    public static IReadOnlyList<PipelineVector> Saved(VaeModelInfo info) =>
    [
        .. Of(info).Where(column => !column.Output.Values.IsScalar).Select(column => new PipelineVector(
            column.Output.SavedFrom ?? column.Name, column.Tensor, column.Width, column.Output.Annotations.SlotNames(column))),
    ];

    /// <summary>Whether the graph of a saved pipeline gives <see cref="PipelineColumns.Detection"/> too.</summary>
    public static bool SaveDetection(VaeColumns columns)
        => Named(columns).Any(named => named.Output.SavedFrom is PipelineColumns.Score or PipelineColumns.Label);

    /// <summary>
    /// Whether score and label are called as ML.NET's own detectors call them: then stock transformers, which know no other names, make
    /// scalars of what the graph of a saved pipeline gives, <see cref="PipelineColumns.LabelVector"/> among it.
    /// </summary>
    public static bool SaveStock(VaeColumns columns)
        => columns is { Score: PipelineColumns.StockScore, PredictedLabel: PipelineColumns.StockLabel, PredictedClass: null };

    /// <summary>Whether the graph of a saved pipeline gives <see cref="PipelineColumns.ClassVector"/> too.</summary>
    public static bool SaveClass(VaeColumns columns) => columns.PredictedClass is not null;

    /// <summary>Whether the graph of a saved pipeline gives <see cref="PipelineColumns.PValueVector"/> too.</summary>
    public static bool SavePValue(VaeColumns columns) => columns.PValue is not null;
}
