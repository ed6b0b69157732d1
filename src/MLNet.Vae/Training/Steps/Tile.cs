using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.Vae.Training.Steps;

/// <summary>12 × 32 values of a product of matrices, which stay in 24 registers of 512 bits while the inner dimension passes.</summary>
internal static class Tile
{
    public const int Rows = 12, Columns = 32;

    private const int Lanes = 16;

    /// <summary>C ← A·B, or C ← C + A·B.</summary>
    /// <param name="depth">Length of the inner dimension.</param>
    /// <param name="a"><c>[depth, 12]</c>.</param>
    /// <param name="b"><c>[depth, 32]</c>.</param>
    /// <param name="c"><c>[12, 32]</c>.</param>
    /// <param name="stride">From a row of C to the next.</param>
    /// <param name="adds">Whether to C.</param>
    public static void Multiply(int depth, ref float a, ref float b, ref float c, nint stride, bool adds)
    {
        Vector512<float> c00 = default,
            c01 = default,
            c10 = default,
            c11 = default,
            c20 = default,
            c21 = default,
            c30 = default,
            c31 = default;
        Vector512<float> c40 = default,
            c41 = default,
            c50 = default,
            c51 = default,
            c60 = default,
            c61 = default,
            c70 = default,
            c71 = default;
        Vector512<float> c80 = default,
            c81 = default,
            c90 = default,
            c91 = default,
            ca0 = default,
            ca1 = default,
            cb0 = default,
            cb1 = default;
        for (var k = 0; k < depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, Lanes);
            Add(ref a, 0, b0, b1, ref c00, ref c01);
            Add(ref a, 1, b0, b1, ref c10, ref c11);
            Add(ref a, 2, b0, b1, ref c20, ref c21);
            Add(ref a, 3, b0, b1, ref c30, ref c31);
            Add(ref a, 4, b0, b1, ref c40, ref c41);
            Add(ref a, 5, b0, b1, ref c50, ref c51);
            Add(ref a, 6, b0, b1, ref c60, ref c61);
            Add(ref a, 7, b0, b1, ref c70, ref c71);
            Add(ref a, 8, b0, b1, ref c80, ref c81);
            Add(ref a, 9, b0, b1, ref c90, ref c91);
            Add(ref a, 10, b0, b1, ref ca0, ref ca1);
            Add(ref a, 11, b0, b1, ref cb0, ref cb1);
            a = ref Unsafe.Add(ref a, Rows);
            b = ref Unsafe.Add(ref b, Columns);
        }
        Put(ref c, 0 * stride, c00, c01, adds);
        Put(ref c, 1 * stride, c10, c11, adds);
        Put(ref c, 2 * stride, c20, c21, adds);
        Put(ref c, 3 * stride, c30, c31, adds);
        Put(ref c, 4 * stride, c40, c41, adds);
        Put(ref c, 5 * stride, c50, c51, adds);
        Put(ref c, 6 * stride, c60, c61, adds);
        Put(ref c, 7 * stride, c70, c71, adds);
        Put(ref c, 8 * stride, c80, c81, adds);
        Put(ref c, 9 * stride, c90, c91, adds);
        Put(ref c, 10 * stride, ca0, ca1, adds);
        Put(ref c, 11 * stride, cb0, cb1, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref float a,
        int row,
        Vector512<float> b0,
        Vector512<float> b1,
        ref Vector512<float> c0,
        ref Vector512<float> c1
    )
    {
        var x = Vector512.Create(Unsafe.Add(ref a, row));
        c0 = Vector512.FusedMultiplyAdd(x, b0, c0);
        c1 = Vector512.FusedMultiplyAdd(x, b1, c1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref float c, nint at, Vector512<float> c0, Vector512<float> c1, bool adds)
    {
        ref var left = ref Unsafe.Add(ref c, at);
        ref var right = ref Unsafe.Add(ref left, Lanes);
        (adds ? c0 + Vector512.LoadUnsafe(ref left) : c0).StoreUnsafe(ref left);
        (adds ? c1 + Vector512.LoadUnsafe(ref right) : c1).StoreUnsafe(ref right);
    }
}
