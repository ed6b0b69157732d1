using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.Vae.Columns;

/// <summary>Looks for NaN and infinity, for training and for scoring.</summary>
internal static class FiniteValues
{
    /// <summary>The first slot that is NaN or infinite; −1: none is.</summary>
    public static int IndexOfFirstOther(ReadOnlySpan<float> row)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var start = 0;
        // x − x is 0 for every finite x and NaN for the others.
        while (start < vectors.Length && Vector.EqualsAll(vectors[start] - vectors[start], Vector<float>.Zero))
            start++;
        for (var slot = start * Vector<float>.Count; slot < row.Length; slot++)
        {
            if (!float.IsFinite(row[slot]))
                return slot;
        }
        return -1;
    }
}
