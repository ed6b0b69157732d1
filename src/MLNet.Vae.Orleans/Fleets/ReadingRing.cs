using System.Runtime.InteropServices;

namespace MLNet.Vae.Fleets;

/// <summary>The last readings of a key in memory: as many as there were, up to a number.</summary>
internal sealed class ReadingRing
{
    private const int FirstRows = 16;

    private readonly int _width, _most;
    private float[] _rows;

    // Where the oldest is once there are as many as may be.
    private int _start;

    /// <param name="width">Numbers of a reading.</param>
    /// <param name="most">Readings that are kept, at least 1.</param>
    public ReadingRing(int width, int most)
    {
        (_width, _most) = (width, most);
        _rows = new float[Math.Min(FirstRows, most) * width];
    }

    public int Count { get; private set; }

    /// <param name="bytes">As <see cref="ToBytes"/> gave them; of more than are kept, the oldest go.</param>
    /// <param name="width">Numbers of a reading.</param>
    /// <param name="most">Readings that are kept, at least 1.</param>
    public static ReadingRing Of(ReadOnlySpan<byte> bytes, int width, int most)
    {
        var ring = new ReadingRing(width, most);
        for (var rows = MemoryMarshal.Cast<byte, float>(bytes); rows.Length >= width; rows = rows[width..])
            ring.Add(rows[..width]);
        return ring;
    }

    public void Add(ReadOnlySpan<float> reading)
    {
        if (Count == _most)
        {
            reading.CopyTo(_rows.AsSpan(_start * _width));
            _start = (_start + 1) % _most;
            return;
        }
        if (Count * _width == _rows.Length)
            Array.Resize(ref _rows, Math.Min(2 * Count, _most) * _width);
        reading.CopyTo(_rows.AsSpan(Count * _width));
        Count++;
    }

    /// <summary>The oldest first, <c>[count, width]</c>, anew.</summary>
    public float[] ToArray() => [.. _rows.AsSpan(_start * _width, (Count - _start) * _width), .. _rows.AsSpan(0, _start * _width)];

    public byte[] ToBytes() => MemoryMarshal.AsBytes<float>(ToArray()).ToArray();
}
