using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Saving;

/// <summary>
/// Score and label as scalar columns, out of the one vector that stock ML.NET reads from a saved pipeline graph.
/// ML.NET finds it by its contract's name when it loads a model with one of these columns.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class DetectionMapping : CustomMappingFactory<DetectionMapping.DetectionRow, DetectionMapping.DecisionRow>
{
    public const string Contract = "MLNet.Vae.Detection";

    public override Action<DetectionRow, DecisionRow> GetMapping() => Map;

    private static void Map(DetectionRow detection, DecisionRow decision)
    {
        var values = detection.Values.GetValues();
        decision.Score = values[0];
        decision.Label = values[1] > 0;
    }

    internal sealed class DetectionRow
    {
        [ColumnName(PipelineColumns.Detection), VectorType(2)]
        public VBuffer<float> Values { get; set; }
    }

    internal sealed class DecisionRow
    {
        [ColumnName(PipelineColumns.Score)]
        public float Score { get; set; }

        [ColumnName(PipelineColumns.Label)]
        public bool Label { get; set; }
    }
}
