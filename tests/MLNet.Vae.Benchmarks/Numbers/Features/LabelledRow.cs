using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>A row with its class, as ML.NET's learners take it.</summary>
internal sealed class LabelledRow
{
    public float[] Features { get; init; } = [];

    /// <summary>The class as a number.</summary>
    public float Class { get; init; }

    /// <summary>Whether it is the second of two classes.</summary>
    public bool IsSecond { get; init; }

    public static IDataView View(MLContext mlContext, float[][] rows, int[]? labels)
    {
        var schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        return mlContext.Data.LoadFromEnumerable(
            rows.Select((row, i) => new LabelledRow { Features = row, Class = labels?[i] ?? 0, IsSecond = labels?[i] == 1 }).ToList(),
            schema);
    }
}
