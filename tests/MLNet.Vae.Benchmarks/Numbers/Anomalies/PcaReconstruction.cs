using MathNet.Numerics.LinearAlgebra;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Squared error of the principal components that explain nine tenths of the variance.</summary>
internal sealed class PcaReconstruction : IDetector
{
    private const double Explained = 0.9;

    public string Name => "PCA error";

    public float[] Scores(AnomalySplit split, int seed)
    {
        var x = Matrix<double>.Build.DenseOfRowArrays(split.Trained.Select(row => Array.ConvertAll(row, value => (double)value)));
        var eigen = x.TransposeThisAndMultiply(x).Evd(Symmetricity.Symmetric);
        // From the least to the greatest: those before the first kept are left out.
        var values = eigen.EigenValues.Real();
        var total = values.Sum();
        var leftOut = 0;
        for (var sum = 0.0; leftOut < values.Count - 1 && (sum += values[leftOut]) <= (1 - Explained) * total;)
            leftOut++;
        var rest = eigen.EigenVectors.SubMatrix(0, x.ColumnCount, 0, Math.Max(1, leftOut));
        return [.. split.Tested.Select(row =>
            (float)Math.Pow((Vector<double>.Build.DenseOfArray(Array.ConvertAll(row, value => (double)value)) * rest).L2Norm(), 2))];
    }
}
