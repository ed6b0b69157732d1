using System.Numerics.Tensors;

namespace VectorSearch;

/// <summary>Vectors of one kind.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Stored">To look in, <c>[rows][dimension]</c>.</param>
/// <param name="Asked">To look for.</param>
internal sealed record Space(string Name, float[][] Stored, float[][] Asked)
{
    public static double Distance(float[] a, float[] b) => TensorPrimitives.Distance<float>(a, b);

    /// <summary>The numbers of the stored vectors nearest to each asked one, by comparing with all of them, nearest first.</summary>
    public int[][] Nearest(int count)
    {
        var found = new int[Asked.Length][];
        Parallel.For(0, Asked.Length, row =>
        {
            var distances = Array.ConvertAll(Stored, stored => Distance(Asked[row], stored));
            var numbers = Enumerable.Range(0, Stored.Length).ToArray();
            Array.Sort(distances, numbers);
            found[row] = numbers[..count];
        });
        return found;
    }
}
