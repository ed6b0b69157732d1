using System.Runtime.InteropServices;

namespace MLNet.Vae.Scoring;

/// <summary>
/// Floats on the pinned heap that begin on a cache line. ONNX Runtime's kernels treat what lies before the first whole vector apart,
/// so the last bit of a sum depends on where its terms lie: only aligned buffers give the same values in every pass.
/// </summary>
internal readonly struct AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _offset;
    private readonly int _length;

    public AlignedBuffer(int length)
    {
        const int Spare = Alignment / sizeof(float);
        _length = length;
        _array = GC.AllocateUninitializedArray<float>(checked(length + Spare), pinned: true);
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) % Alignment);
        _offset = beyond == 0 ? 0 : (Alignment - beyond) / sizeof(float);
    }

    public float this[int index] => _array[_offset + index];

    /// <summary>The first values, as memory that needs no handle to stay where it is.</summary>
    public Memory<float> First(int length) => MemoryMarshal.CreateFromPinnedArray(_array, _offset, Math.Min(length, _length));

    public Span<float> AsSpan(int start, int length) => _array.AsSpan(_offset + start, length);

    /// <summary>Row <paramref name="row"/> of a <c>[rows, width]</c> block.</summary>
    public Span<float> Row(int row, int width) => AsSpan(row * width, width);
}
