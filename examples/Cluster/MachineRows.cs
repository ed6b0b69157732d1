using System.Buffers.Text;

namespace Cluster;

/// <summary>Readings of a machine that follow four hidden causes.</summary>
internal sealed class MachineRows
{
    public const int Sensors = 16;
    private const int Causes = 4;

    private readonly Random _random;
    private readonly double[] _loadings;

    /// <param name="machine">Each has sensors of its own.</param>
    public MachineRows(int machine = 1)
    {
        _random = new(machine);
        _loadings = [.. Enumerable.Range(0, Sensors * Causes).Select(_ => _random.NextDouble() - 0.5)];
    }

    /// <summary>The next reading.</summary>
    public void Next(Span<float> row)
    {
        Span<double> cause = stackalloc double[Causes];
        foreach (ref var value in cause)
            value = _random.NextDouble() * 10;
        for (var sensor = 0; sensor < Sensors; sensor++)
        {
            var sum = _random.NextDouble() * 0.1;
            for (var k = 0; k < Causes; k++)
                sum += cause[k] * _loadings[(sensor * Causes) + k];
            row[sensor] = (float)Math.Round(sum, 3);
        }
    }

    /// <summary>Readings one after the other, <c>[count, sensors]</c>.</summary>
    public float[] Take(int count)
    {
        var rows = new float[count * Sensors];
        for (var i = 0; i < count; i++)
            Next(rows.AsSpan(i * Sensors, Sensors));
        return rows;
    }

    /// <summary>As lines of text.</summary>
    public void Write(string path, long count)
    {
        using var file = File.Create(path);
        using var writer = new BufferedStream(file, 1 << 20);
        var (row, line) = (new float[Sensors], new byte[Sensors * 16]);
        for (var i = 0L; i < count; i++)
        {
            Next(row);
            var length = 0;
            for (var sensor = 0; sensor < Sensors; sensor++)
            {
                Utf8Formatter.TryFormat(row[sensor], line.AsSpan(length), out var written, new('F', 3));
                length += written;
                line[length++] = sensor < Sensors - 1 ? (byte)',' : (byte)'\n';
            }
            writer.Write(line, 0, length);
        }
    }
}
