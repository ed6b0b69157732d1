using Microsoft.ML.Data;

namespace Partitions;

/// <summary>One line of the file: readings of a machine.</summary>
internal sealed class Reading
{
    public const int Sensors = 16;

    [VectorType(Sensors)]
    public float[] Features { get; set; } = [];
}
