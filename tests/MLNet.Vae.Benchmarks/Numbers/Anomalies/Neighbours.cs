using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Nearest rows by Euclidean distance, each compared with each.</summary>
internal static class Neighbours
{
    /// <summary>The k nearest of <paramref name="rows"/> to each query, from the nearest on.</summary>
    /// <param name="rows">Among which to look.</param>
    /// <param name="queries">Whose neighbours are wanted.</param>
    /// <param name="k">How many.</param>
    /// <param name="areSame">Whether both are the same rows: a row is then no neighbour of its own.</param>
    public static (int Row, double Distance)[][] Of(float[][] rows, float[][] queries, int k, bool areSame)
    {
        k = Math.Min(k, rows.Length - (areSame ? 1 : 0));
        var found = new (int, double)[queries.Length][];
        var squares = new float[rows.Length];
        var order = new int[rows.Length];
        for (var query = 0; query < queries.Length; query++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                squares[row] = areSame && row == query ? float.PositiveInfinity : Square(rows[row], queries[query]);
                order[row] = row;
            }
            var keys = (float[])squares.Clone();
            Array.Sort(keys, order);
            found[query] = [.. Enumerable.Range(0, k).Select(i => (order[i], Math.Sqrt(keys[i])))];
        }
        return found;
    }

    private static float Square(float[] a, float[] b)
    {
        var va = MemoryMarshal.Cast<float, Vector<float>>(a);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < va.Length; i++)
        {
            var difference = va[i] - vb[i];
            sums += difference * difference;
        }
        var sum = Vector.Sum(sums);
        for (var i = va.Length * Vector<float>.Count; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
