using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>The columns of a pipeline graph: what stock ML.NET can name, and where each comes from.</summary>
internal static class PipelineColumns
{
    /// <summary>Names of the graph's own tensors begin so.</summary>
    public const string GraphPrefix = "vae/";

    /// <summary>Score and predicted label, <c>[2]</c>; the label is 1 above the threshold, else 0.</summary>
    public const string Detection = "vae.detection";

    /// <summary>The predicted label alone, <c>[1]</c>: it is not ∞ or NaN where the score is.</summary>
    public const string LabelVector = "vae.labels";

    /// <summary>What ML.NET's own detectors call score and label.</summary>
    public const string StockScore = "Score", StockLabel = "PredictedLabel";

    /// <summary>Numbers of a codebook's entries, counted from 0; a stock transformer after the graph makes keys of them.</summary>
    public const string CodeNumbers = "vae.codes";

    /// <summary>Where features or a condition that are no vector are made one, as a loaded model runs.</summary>
    public const string FeaturesVector = "vae.features", ConditionVector = "vae.condition";

    /// <summary>Where the scalars are as a loaded model runs, once a stock transformer took them out of <see cref="Detection"/>.</summary>
    public const string Score = "vae.score", Label = "vae.label";

    /// <summary>
    /// The number of the likeliest class, <c>[1]</c>, where it is once a stock transformer made a scalar of it, and its name.
    /// </summary>
    public const string ClassVector = "vae.classes", ClassNumber = "vae.class", ClassName = "vae.class_name";

    /// <summary>The p-value, <c>[1]</c>, and where it is once a stock transformer made a scalar of it.</summary>
    public const string PValueVector = "vae.p_values", PValue = "vae.p_value";

    public static IReadOnlyList<PipelineInput> Inputs(VaeModelInfo info)
    {
        var features = new PipelineInput(
            TensorNames.Features, info.Columns.Features, info.FeatureKind,
            IsRead(info.FeatureKind, info.FeatureItemType) ? info.Columns.Features : FeaturesVector, info.FeatureCount)
        {
            Tokens = info.TokenCount,
            ItemType = info.FeatureItemType,
        };
        if (info is not { Columns.Condition: { } column, ConditionCount: > 0 })
            return [features];
        var kind = info.ConditionKind ?? VaeInputKind.Vector;
        return
        [
            features,
            new(
                TensorNames.Condition, column, kind, IsRead(kind, info.ConditionItemType) ? column : ConditionVector, info.ConditionCount)
            {
                ItemType = info.ConditionItemType,
            },
        ];

        // As it is, by the graph.
        static bool IsRead(VaeInputKind kind, string? itemType) =>
            kind is VaeInputKind.Vector or VaeInputKind.OneHot && itemType is null;
    }
}
