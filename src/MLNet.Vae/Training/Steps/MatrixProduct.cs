using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using static TorchSharp.torch;

namespace MLNet.Vae.Training.Steps;

/// <summary>
/// C ← A·B: libtorch's, or one of its own for AVX-512 where libtorch's MKL does not use it. It uses it on Intel's processors alone and
/// takes AVX2 on AMD's, which is half as fast. What is chosen depends on the machine, the sizes and the number of threads, never on a
/// measurement, so that the same seed gives the same weights.
/// </summary>
internal sealed class MatrixProduct : IDisposable
{
    // What of the inner dimension is packed at a time: the panels of a tile fit the first cache.
    private const int Depth = 256;

    // Of a product that is worth packing.
    private const int LeastSide = 64;
    private const long LeastMultiplications = 1L << 22;

    private readonly bool _isOwn;
    private Tensor? _packedA, _packedB;

    /// <param name="isOwn">
    /// Whether large products are its own; <see langword="null"/>: where MKL leaves AVX-512 unused, and torch has one thread.
    /// </param>
    public MatrixProduct(bool? isOwn = null) => _isOwn = Avx512F.IsSupported && (isOwn ?? (IsLeftUnused && get_num_threads() == 1));

    private static bool IsLeftUnused { get; } = MklLeavesAvx512(Vendor(), Environment.GetEnvironmentVariable("MKL_ENABLE_INSTRUCTIONS"));

    /// <summary>Whether MKL takes a narrower path than the processor has.</summary>
    /// <param name="vendor">Of the processor, as it says itself.</param>
    /// <param name="enabled">MKL_ENABLE_INSTRUCTIONS, which limits MKL.</param>
    internal static bool MklLeavesAvx512(string vendor, string? enabled)
        => vendor != "GenuineIntel" || enabled is "AVX2" or "AVX" or "SSE4_2";

    /// <summary>C ← A·B.</summary>
    /// <param name="c"><c>[m, n]</c>, contiguous.</param>
    /// <param name="a"><c>[m, k]</c>.</param>
    /// <param name="b"><c>[k, n]</c>.</param>
    public void Set(Tensor c, Tensor a, Tensor b)
    {
        var (rows, columns, depth) = ((int)c.size(0), (int)c.size(1), (int)a.size(1));
        if (
            _isOwn
            && Math.Min(Math.Min(rows, columns), depth) >= LeastSide
            && (long)rows * columns * depth >= LeastMultiplications
            && IsWhole(a)
            && IsWhole(b)
        )
        {
            Multiply(rows, columns, depth, First(a), a.stride(0), a.stride(1), First(b), b.stride(0), b.stride(1), First(c));
        }
        else
        {
            c.addmm_(a, b, beta: 0);
        }
    }

    public void Dispose()
    {
        _packedA?.Dispose();
        _packedB?.Dispose();
    }

    private void Multiply(
        int rows,
        int columns,
        int depth,
        Span<float> a,
        long aDown,
        long aAlong,
        Span<float> b,
        long bDown,
        long bAlong,
        Span<float> c
    )
    {
        ref var packedA = ref Room(ref _packedA, RoundedUp(rows, Tile.Rows));
        ref var packedB = ref Room(ref _packedB, RoundedUp(columns, Tile.Columns));
        for (var k = 0; k < depth; k += Depth)
        {
            var block = Math.Min(Depth, depth - k);
            Panels.Fill(ref a[(int)(k * aAlong)], (nint)aDown, (nint)aAlong, rows, block, ref packedA, Tile.Rows);
            Panels.Fill(ref b[(int)(k * bDown)], (nint)bAlong, (nint)bDown, columns, block, ref packedB, Tile.Columns);
            for (var column = 0; column < columns; column += Tile.Columns)
            {
                ref var panelB = ref Unsafe.Add(ref packedB, (nint)column * block);
                for (var row = 0; row < rows; row += Tile.Rows)
                    SetTile(block, ref Unsafe.Add(ref packedA, (nint)row * block), ref panelB, c, row, column, columns, adds: k > 0);
            }
        }
    }

    private static void SetTile(int depth, ref float a, ref float b, Span<float> c, int row, int column, int columns, bool adds)
    {
        var (height, width) = (Math.Min(Tile.Rows, c.Length / columns - row), Math.Min(Tile.Columns, columns - column));
        if (height == Tile.Rows && width == Tile.Columns)
        {
            Tile.Multiply(depth, ref a, ref b, ref c[row * columns + column], columns, adds);
            return;
        }
        Span<float> tile = stackalloc float[Tile.Rows * Tile.Columns];
        Tile.Multiply(depth, ref a, ref b, ref tile[0], Tile.Columns, adds: false);
        for (var i = 0; i < height; i++)
        {
            var to = c.Slice((row + i) * columns + column, width);
            for (var j = 0; j < width; j++)
                to[j] = adds ? to[j] + tile[i * Tile.Columns + j] : tile[i * Tile.Columns + j];
        }
    }

    /// <summary>Memory for so many lines of packed values, aligned as torch aligns.</summary>
    private static ref float Room(ref Tensor? room, int lines)
    {
        if (room is null || room.numel() < (long)lines * Depth)
        {
            room?.Dispose();
            room = empty((long)lines * Depth).DetachFromDisposeScope();
        }
        return ref First(room)[0];
    }

    private static int RoundedUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    /// <summary>Whether its values lie side by side, row by row or column by column.</summary>
    private static bool IsWhole(Tensor matrix)
        => (matrix.stride(1) == 1 && matrix.stride(0) == matrix.size(1)) || (matrix.stride(0) == 1 && matrix.stride(1) == matrix.size(0));

    /// <summary>From the first value on.</summary>
    private static Span<float> First(Tensor matrix)
    {
        using var contiguous = matrix.is_contiguous() ? null : matrix.t();
        return MemoryMarshal.Cast<byte, float>((contiguous ?? matrix).bytes);
    }

    /// <summary>Of the processor; empty: it is none of the family.</summary>
    private static string Vendor()
    {
        if (!X86Base.IsSupported)
            return "";
        var (_, first, last, middle) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([first, middle, last]));
    }
}
