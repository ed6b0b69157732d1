using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Initialization;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 100;

    /// <returns>Eigenvalues, largest first.</returns>
    public static double[] Values(double[,] symmetric) => Decompose(symmetric).Values;

    /// <returns>Eigenvalues, largest first, and the eigenvector of each, of length 1.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[,] symmetric)
    {
        var a = (double[,])symmetric.Clone();
        var n = a.GetLength(0);
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
            vectors[i, i] = 1;
        for (var sweep = 0; sweep < MaximumSweeps && OffDiagonal(a, n) > 1e-24; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                    Rotate(a, vectors, n, p, q);
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i, i])];
        return ([.. order.Select(i => a[i, i])], [.. order.Select(i => Enumerable.Range(0, n).Select(k => vectors[k, i]).ToArray())]);
    }

    private static double OffDiagonal(double[,] a, int n)
    {
        var sum = 0.0;
        for (var p = 0; p < n; p++)
        {
            for (var q = 0; q < p; q++)
                sum += a[p, q] * a[p, q];
        }
        return sum;
    }

    private static void Rotate(double[,] a, double[,] vectors, int n, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < n; k++)
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (var k = 0; k < n; k++)
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
        for (var k = 0; k < n; k++)
            (vectors[k, p], vectors[k, q]) = (c * vectors[k, p] - s * vectors[k, q], s * vectors[k, p] + c * vectors[k, q]);
    }
}
