using MathNet.Numerics.LinearAlgebra;

namespace MLNet.Vae.Benchmarks.Numbers.Series;

/// <summary>
/// Hotelling's T² and Q, the squared prediction error, of principal components that explain 90 % of the variance, each over its 99 %
/// quantile in training: what is usual in process monitoring. The greater of both is the score; above 1 is an alarm.
/// </summary>
internal static class PcaStatistics
{
    private const double Explained = 0.9, Quantile = 0.99;

    public static double[] Scores(float[][] readings, int trained)
    {
        var width = readings[0].Length;
        var rows = Matrix<double>.Build.Dense(readings.Length, width, (i, j) => readings[i][j]);
        for (var j = 0; j < width; j++)
        {
            var column = rows.Column(j);
            var training = column.SubVector(0, trained);
            var mean = training.Average();
            var deviation = Math.Sqrt(training.Average(value => (value - mean) * (value - mean)));
            rows.SetColumn(j, (column - mean) / (deviation > 0 ? deviation : 1));
        }
        var history = rows.SubMatrix(0, trained, 0, width);
        var eigen = (history.TransposeThisAndMultiply(history) / trained).Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Select(value => value.Real).ToArray();
        var total = values.Sum();
        var kept = 0;
        // Ascending.
        for (var sum = 0d; sum < Explained * total; kept++)
            sum += values[^(kept + 1)];
        var components = eigen.EigenVectors.SubMatrix(0, width, width - kept, kept);
        var codes = rows * components;
        var residuals = rows - codes * components.Transpose();
        double[] t2 =
        [
            .. codes.EnumerateRows().Select(code => code.Select((value, k) => value * value / values[width - kept + k]).Sum()),
        ];
        double[] q = [.. residuals.EnumerateRows().Select(row => row.DotProduct(row))];
        var (limitT2, limitQ) = (Limit(t2), Limit(q));
        return [.. t2.Zip(q, (a, b) => Math.Max(a / limitT2, b / limitQ))];

        double Limit(double[] of) => of.Take(trained).Order().ElementAt((int)(Quantile * (trained - 1)));
    }
}
