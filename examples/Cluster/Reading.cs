using Microsoft.ML.Data;

namespace Cluster;

/// <summary>One of them, as ML.NET reads it.</summary>
internal sealed class Reading
{
    [VectorType(MachineRows.Sensors)]
    public float[] Features { get; set; } = [];

    public static IEnumerable<Reading> Of(ReadOnlyMemory<float> rows)
    {
        for (var i = 0; i < rows.Length; i += MachineRows.Sensors)
            yield return new() { Features = rows.Slice(i, MachineRows.Sensors).ToArray() };
    }
}
