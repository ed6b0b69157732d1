using System.Globalization;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Columns;

/// <summary>
/// The table of what a model can give of a row: what scores rows, checks and saved pipelines are made of it, and the columns of ML.NET.
/// </summary>
internal static class ModelOutputs
{
    public static readonly ModelOutput Embedding = new(nameof(VaeColumns.Embedding), TensorNames.Mean)
    {
        NameIn = columns => columns.Embedding,
        Rename = (columns, name) => columns with { Embedding = name },
        Width = info => info.LatentDimension,
        SlotNames = LatentNames,
    };

    public static readonly ModelOutput LogSigma = new(nameof(VaeColumns.LogSigma), TensorNames.LogSigma)
    {
        NameIn = columns => columns.LogSigma,
        Rename = (columns, name) => columns with { LogSigma = name },
        Width = info => info.HasLogSigma ? info.LatentDimension : 0,
        SlotNames = LatentNames,
    };

    public static readonly ModelOutput Reconstruction = new(nameof(VaeColumns.Reconstruction), TensorNames.Reconstruction)
    {
        NameIn = columns => columns.Reconstruction,
        Rename = (columns, name) => columns with { Reconstruction = name },
        Width = info => info.ReconstructionCount,
        SlotNames = (output, _) => output.Info.ReconstructionNames,
        NeedsDecoder = true,
    };

    public static readonly ModelOutput Contributions = new(nameof(VaeColumns.Contributions), TensorNames.Contributions)
    {
        NameIn = columns => columns.Contributions,
        Rename = (columns, name) => columns with { Contributions = name },
        Width = info => info.FeatureCount,
        SlotNames = (output, _) => output.Info.ReconstructionNames,
        NeedsDecoder = true,
        NeedsScore = true,
    };

    public static readonly ModelOutput ClassProbabilities = new(nameof(VaeColumns.ClassProbabilities), TensorNames.ClassProbabilities)
    {
        NameIn = columns => columns.ClassProbabilities,
        Rename = (columns, name) => columns with { ClassProbabilities = name },
        Width = info => info.ClassCount,
        SlotNames = (output, _) => ClassNames(output.Info),
    };

    public static readonly ModelOutput Score = new(nameof(VaeColumns.Score), TensorNames.Score)
    {
        IsScalar = true,
        NameIn = columns => columns.Score,
        Rename = (columns, name) => columns with { Score = name },
        NeedsDecoder = true,
        NeedsScore = true,
        SavedFrom = PipelineColumns.Score,
    };

    /// <summary>All that <see cref="VaeColumns"/> can name, in the order in which they are added.</summary>
    public static readonly IReadOnlyList<ModelOutput> All =
    [
        Embedding,
        LogSigma,
        new(nameof(VaeColumns.Components), TensorNames.Component)
        {
            NameIn = columns => columns.Components,
            Rename = (columns, name) => columns with { Components = name },
            Width = info => info.ComponentCount,
            SlotNames = LatentNames,
        },
        Reconstruction,
        Contributions,
        new(nameof(VaeColumns.Codes), TensorNames.Codes)
        {
            NameIn = columns => columns.Codes,
            Rename = (columns, name) => columns with { Codes = name },
            Width = info => info.CodeCount,
            SlotNames = LatentNames,
            SavedFrom = PipelineColumns.CodeNumbers,
        },
        ClassProbabilities,
        new(nameof(VaeColumns.PredictedClass), TensorNames.Class)
        {
            IsScalar = true,
            NameIn = columns => columns.PredictedClass,
            Rename = (columns, name) => columns with { PredictedClass = name },
            Width = info => info.ClassCount > 0 ? 1 : 0,
            SavedFrom = PipelineColumns.ClassNumber,
        },
        Score,
        new(nameof(VaeColumns.PredictedLabel), TensorNames.Score)
        {
            IsScalar = true,
            NameIn = columns => columns.PredictedLabel,
            Rename = (columns, name) => columns with { PredictedLabel = name },
            NeedsDecoder = true,
            NeedsScore = true,
            NeedsThreshold = true,
            SavedFrom = PipelineColumns.Label,
        },
        new(nameof(VaeColumns.PValue), TensorNames.Score)
        {
            IsScalar = true,
            NameIn = columns => columns.PValue,
            Rename = (columns, name) => columns with { PValue = name },
            NeedsDecoder = true,
            NeedsScore = true,
            NeedsCalibration = true,
            SavedFrom = PipelineColumns.PValue,
        },
    ];

    /// <summary>The outputs that are asked for, in order.</summary>
    public static IEnumerable<(ModelOutput Output, string Name)> Named(VaeColumns columns)
        => from output in All let name = output.NameIn(columns) where name is not null select (output, name);

    public static bool NeedDecoder(VaeColumns columns) => Named(columns).Any(named => named.Output.NeedsDecoder);

    /// <summary>What the encoder alone gives of them; the embedding where that would be nothing.</summary>
    public static VaeColumns WithoutDecoder(VaeColumns columns)
    {
        var left = All.Where(output => output.NeedsDecoder).Aggregate(columns, (left, output) => output.Rename(left, null));
        return Named(left).Any() ? left : left with { Embedding = Embedding.Option };
    }

    /// <summary>What the classes are called: their numbers, from 1, where the label did not say.</summary>
    public static IReadOnlyList<string> ClassNames(VaeModelInfo info) =>
        info.ClassNames ?? [.. Enumerable.Range(1, info.ClassCount).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The vectors that the graph of a saved pipeline gives.</summary>
    public static IReadOnlyList<PipelineVector> Saved(VaeModelInfo info) =>
    [
        .. from named in Named(info.Columns)
           where !named.Output.IsScalar
           let output = new ScorerOutput(named.Output, info)
           select new PipelineVector(
               named.Output.SavedFrom ?? named.Name, output.Tensor, output.Width, named.Output.SlotNames(output, named.Name)),
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

    private static string[] LatentNames(ScorerOutput output, string column) => Onnx.SlotNames.ForLatent(column, output.Width);
}
