namespace MLNet.Vae.Measures;

/// <summary>
/// Least squares with an L1 penalty (Tibshirani 1996), by coordinate descent on the covariances (Friedman, Hastie and Tibshirani 2010,
/// section 2.2).
/// </summary>
internal sealed class Lasso : ILinearModel
{
    private const int MostSweeps = 1_000;
    private const double Tolerance = 1e-8;

    private readonly double[][] _inputs;
    private readonly double[] _target;
    private readonly double[][] _gram;
    private readonly double[] _covariance;
    private readonly double[] _weights;

    /// <param name="inputs">Standardised over <paramref name="rows"/>, <c>[dimensions][all rows]</c>.</param>
    /// <param name="target">Likewise, <c>[all rows]</c>.</param>
    /// <param name="rows">To learn from.</param>
    public Lasso(double[][] inputs, double[] target, int[] rows)
    {
        (_inputs, _target, _weights) = (inputs, target, new double[inputs.Length]);
        _gram = [.. inputs.Select(one => inputs.Select(other => Mean(one, other, rows)).ToArray())];
        _covariance = [.. inputs.Select(input => Mean(input, target, rows))];
    }

    public double LargestPenalty => _covariance.Max(Math.Abs);

    public void Minimise(double penalty)
    {
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var change = 0.0;
            for (var j = 0; j < _weights.Length; j++)
            {
                // A constant dimension.
                if (_gram[j][j] == 0)
                    continue;
                var before = _weights[j];
                var slope = _covariance[j] + _gram[j][j] * before;
                for (var i = 0; i < _weights.Length; i++)
                    slope -= _gram[j][i] * _weights[i];
                _weights[j] = SoftmaxRegression.Shrunk(slope, penalty) / _gram[j][j];
                change = Math.Max(change, Math.Abs(_weights[j] - before));
            }
            if (change < Tolerance)
                return;
        }
    }

    public double[] Weights() => Array.ConvertAll(_weights, Math.Abs);

    public IEnumerable<double> Losses(int[] rows) => rows.Select(row => Square(_target[row] - Prediction(row)));

    /// <summary>R², at least 0.</summary>
    public double Skill(int[] rows)
    {
        var mean = rows.Average(row => _target[row]);
        var spread = rows.Sum(row => Square(_target[row] - mean));
        return spread == 0 ? 0 : Math.Max(0, 1 - Losses(rows).Sum() / spread);
    }

    private double Prediction(int row)
    {
        var sum = 0.0;
        for (var j = 0; j < _weights.Length; j++)
            sum += _weights[j] * _inputs[j][row];
        return sum;
    }

    private static double Mean(double[] one, double[] other, int[] rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
            sum += one[row] * other[row];
        return sum / rows.Length;
    }

    private static double Square(double value) => value * value;
}
