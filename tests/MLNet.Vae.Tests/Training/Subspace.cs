using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.LinearAlgebra;

namespace MLNet.Vae.Tests.Training;

/// <summary>The span of some vectors.</summary>
internal sealed class Subspace(IEnumerable<double[]> vectors)
{
    // [dimensions, vectors], orthonormal.
    private readonly Matrix<double> _basis = Matrix<double>.Build.DenseOfColumnArrays(vectors).QR(QRMethod.Thin).Q;

    /// <summary>
    /// The largest principal angle to another subspace of the same dimension, radians: its sine is the norm of what lies outside.
    /// </summary>
    public double AngleTo(Subspace other) => Math.Asin(Math.Min(1, other.Outside(_basis).L2Norm()));

    /// <summary>Squared distance per row, around the rows' mean.</summary>
    public double Error(float[][] rows)
    {
        var columns = Matrix<double>.Build.Dense(rows[0].Length, rows.Length, (j, i) => rows[i][j]);
        var mean = columns.RowSums() / rows.Length;
        return Math.Pow(Outside(columns.MapIndexed((j, _, value) => value - mean[j])).FrobeniusNorm(), 2) / rows.Length;
    }

    private Matrix<double> Outside(Matrix<double> columns) => columns - _basis * _basis.TransposeThisAndMultiply(columns);
}
