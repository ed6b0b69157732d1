using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Runtime;

/// <summary>
/// Rows of floats, <c>[rows, width]</c>, on the pinned heap, that begin on a cache line. ONNX Runtime's kernels treat what lies before the
/// first whole vector apart, so the last bit of a sum depends on where its terms lie: only aligned buffers give the same values in every
/// pass.
/// </summary>
internal readonly struct AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _offset;
    private readonly int _width;

    public AlignedBuffer(int rows, int width)
    {
        const int Spare = Alignment / sizeof(float);
        _width = width;
        _array = GC.AllocateUninitializedArray<float>(checked(rows * width + Spare), pinned: true);
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) % Alignment);
        _offset = beyond == 0 ? 0 : (Alignment - beyond) / sizeof(float);
    }

    public Span<float> Row(int row) => _array.AsSpan(_offset + row * _width, _width);

    /// <summary>The first rows.</summary>
    public Span<float> Rows(int rows) => _array.AsSpan(_offset, rows * _width);

    /// <summary>The first rows as a tensor over this memory, which needs no handle to stay where it is.</summary>
    public OrtValue Tensor(int rows)
        => OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(_array, _offset, rows * _width), [rows, _width]);
}
