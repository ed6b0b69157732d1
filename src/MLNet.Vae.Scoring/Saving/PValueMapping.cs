using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Saving;

/// <summary>
/// The p-value as a scalar column, out of the vector that stock ML.NET reads from a saved pipeline graph. ML.NET finds it by its contract's
/// name when it loads a model with that column.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PValueMapping : CustomMappingFactory<PValueMapping.VectorRow, PValueMapping.ScalarRow>
{
    public const string Contract = "MLNet.Vae.PValue";

    public override Action<VectorRow, ScalarRow> GetMapping() => Map;

    private static void Map(VectorRow vector, ScalarRow scalar) => scalar.PValue = vector.Values.GetItemOrDefault(0);

    internal sealed class VectorRow
    {
        [ColumnName(PipelineColumns.PValueVector), VectorType(1)]
        public VBuffer<float> Values { get; set; }
    }

    internal sealed class ScalarRow
    {
        [ColumnName(PipelineColumns.PValue)]
        public float PValue { get; set; }
    }
}
