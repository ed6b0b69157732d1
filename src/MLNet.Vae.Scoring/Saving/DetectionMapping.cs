using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Saving;

/// <summary>
/// Score and label as scalar columns, out of the one vector that stock ML.NET reads from a saved pipeline graph.
/// ML.NET finds it by its contract's name when it loads a model with one of these columns.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class DetectionMapping : CustomMappingFactory<DetectionMapping.Detection, DetectionMapping.Decision>
{
    public const string Contract = "MLNet.Vae.Detection";
    public const string ScoreColumn = "vae.score";
    public const string LabelColumn = "vae.label";

    public override Action<Detection, Decision> GetMapping() => Map;

    private static void Map(Detection detection, Decision decision)
    {
        var values = detection.Values.GetValues();
        decision.Score = values[0];
        decision.Label = values[1] > 0;
    }

    internal sealed class Detection
    {
        [ColumnName(PipelineColumns.Detection), VectorType(2)]
        public VBuffer<float> Values { get; set; }
    }

    internal sealed class Decision
    {
        [ColumnName(ScoreColumn)]
        public float Score { get; set; }

        [ColumnName(LabelColumn)]
        public bool Label { get; set; }
    }
}
