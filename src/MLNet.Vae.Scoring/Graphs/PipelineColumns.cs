using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>The columns of a pipeline graph: what stock ML.NET can name, and where each comes from.</summary>
internal static class PipelineColumns
{
    /// <summary>Names of the graph's own tensors begin so.</summary>
    public const string GraphPrefix = "vae/";

    /// <summary>Score and predicted label, <c>[2]</c>; the label is 1 above the threshold, else 0.</summary>
    public const string Detection = "vae.detection";

    /// <summary>Numbers of a codebook's entries, counted from 0; a stock transformer after the graph makes keys of them.</summary>
    public const string CodeNumbers = "vae.codes";

    /// <summary>Where features or a condition that are no vector are made one, as a loaded model runs.</summary>
    public const string FeaturesVector = "vae.features", ConditionVector = "vae.condition";

    /// <summary>
    /// Besides the graph's own: columns that are there for a while as a loaded model runs, and what stock ML.NET keeps slot names in or
    /// hides.
    /// </summary>
    private static readonly string[] ReservedPrefixes = [GraphPrefix, "vae.", "mlnet."];

    /// <summary>Stock ML.NET drops this ending from the columns that a graph adds.</summary>
    private const string StockSuffix = ".output";

    public static IReadOnlyList<PipelineInput> Inputs(VaeModelInfo info)
    {
        var features = Of(TensorNames.Features, info.Columns.Features, info.FeatureKind, FeaturesVector, info.FeatureCount);
        return info is { Columns.Condition: { } column, ConditionCount: > 0 }
            ? [features, Of(TensorNames.Condition, column, info.ConditionKind ?? VaeInputKind.Vector, ConditionVector, info.ConditionCount)]
            : [features];

        static PipelineInput Of(string tensor, string column, VaeInputKind kind, string vector, int width)
            => new(tensor, column, kind, kind is VaeInputKind.Vector or VaeInputKind.OneHot ? column : vector, width);
    }

    public static IReadOnlyList<PipelineVector> Vectors(VaeModelInfo info)
    {
        var (columns, features, latents) = (info.Columns, info.FeatureCount, info.LatentDimension);
        var vectors = new List<PipelineVector>();
        if (columns.Embedding is { } embedding)
            vectors.Add(new(embedding, TensorNames.Mean, latents, SlotNames.ForLatent(embedding, latents)));
        if (columns.LogSigma is { } logSigma)
            vectors.Add(new(logSigma, TensorNames.LogSigma, latents, SlotNames.ForLatent(logSigma, latents)));
        if (columns.Components is { } components)
            vectors.Add(new(components, TensorNames.Component, info.ComponentCount, SlotNames.ForLatent(components, info.ComponentCount)));
        if (columns.Reconstruction is { } reconstruction)
            vectors.Add(new(reconstruction, TensorNames.Reconstruction, info.ReconstructionCount, info.ReconstructionNames));
        if (columns.Contributions is { } contributions)
            vectors.Add(new(contributions, TensorNames.Contributions, features, info.FeatureNames));
        if (columns.Codes is { } codes)
            vectors.Add(new(CodeNumbers, TensorNames.Codes, info.CodeCount, SlotNames.ForLatent(codes, info.CodeCount)));
        return vectors;
    }

    public static bool NeedDetection(VaeColumns columns) => columns.Score is not null || columns.PredictedLabel is not null;

    /// <summary>Whether the decoder has to run.</summary>
    public static bool NeedScorer(VaeColumns columns)
        => columns.Reconstruction is not null || columns.Contributions is not null || NeedDetection(columns);

    /// <summary>Why the columns could not be saved and loaded under their names; empty where they can.</summary>
    public static IReadOnlyList<string> Faults(VaeColumns columns)
    {
        string[] outputs = [.. columns.Added()];
        string[] all = [columns.Features, .. columns.Condition is { } condition ? [condition] : Array.Empty<string>(), .. outputs];
        List<string> faults =
        [
            .. all.Where(string.IsNullOrWhiteSpace).Select(_ => "a column name must not be blank"),
            .. all.GroupBy(c => c).Where(g => g.Count() > 1 && !string.IsNullOrWhiteSpace(g.Key))
                .Select(g => $"column '{g.Key}' is named {g.Count()} times; the column read and each column added need names of their own"),
            .. all.Where(IsReserved)
                .Select(c => $"column '{c}': names that begin with 'vae/', 'vae.' or 'mlnet.' are reserved in saved models"),
            .. outputs.Where(c => c.EndsWith(StockSuffix, StringComparison.Ordinal))
                .Select(c => $"column '{c}': a loaded model loses the ending '{StockSuffix}' of an added column's name"),
        ];
        if (outputs.Length == 0)
            faults.Add("at least one added column must be named");
        return faults;
    }

    private static bool IsReserved(string column) => ReservedPrefixes.Any(p => column.StartsWith(p, StringComparison.Ordinal));
}
