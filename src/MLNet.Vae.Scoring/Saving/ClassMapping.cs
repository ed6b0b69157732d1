using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Saving;

/// <summary>
/// The number of the likeliest class as a scalar column, out of the vector that stock ML.NET reads from a saved pipeline graph; stock
/// transformers make a key of it. ML.NET finds it by its contract's name when it loads a model with that column.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ClassMapping : CustomMappingFactory<ClassMapping.VectorRow, ClassMapping.ScalarRow>
{
    public const string Contract = "MLNet.Vae.Class";

    public override Action<VectorRow, ScalarRow> GetMapping() => Map;

    private static void Map(VectorRow vector, ScalarRow scalar) => scalar.Number = vector.Values.GetItemOrDefault(0);

    internal sealed class VectorRow
    {
        [ColumnName(PipelineColumns.ClassVector), VectorType(1)]
        public VBuffer<float> Values { get; set; }
    }

    internal sealed class ScalarRow
    {
        [ColumnName(PipelineColumns.ClassNumber)]
        public float Number { get; set; }
    }
}
