namespace MLNet.Vae.Measures;

/// <summary>
/// Multinomial logistic regression with an L1 penalty on the weights, none on the intercepts, by FISTA (Beck and Teboulle 2009) that starts
/// afresh where it overshoots (O'Donoghue and Candès 2015).
/// </summary>
internal sealed class SoftmaxRegression : ILinearModel
{
    private const int MostSteps = 500;
    private const double Tolerance = 1e-5;

    private readonly double[][] _inputs;
    private readonly int[] _classOf;
    private readonly int _classes;
    private readonly int[] _rows;
    private readonly double _step;

    // [dimensions + 1][classes]: the intercepts are the last.
    private readonly double[][] _weights;

    /// <param name="inputs">Standardised over <paramref name="rows"/>, <c>[dimensions][all rows]</c>.</param>
    /// <param name="classOf">The class of each row, <c>[all rows]</c>.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="rows">To learn from.</param>
    public SoftmaxRegression(double[][] inputs, int[] classOf, int classes, int[] rows)
    {
        var ones = new double[classOf.Length];
        Array.Fill(ones, 1);
        (_inputs, _classOf, _classes, _rows) = ([.. inputs, ones], classOf, classes, rows);
        _weights = Zeros();
        _step = 2 / LargestRowSum();
        StartFromFrequencies();
    }

    public double LargestPenalty => Gradient(_weights)[..^1].Max(ofDimension => ofDimension.Max(Math.Abs));

    public void Minimise(double penalty)
    {
        var (ahead, momentum) = (Copy(_weights), 1.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = Gradient(ahead);
            var next = (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2;
            var (change, size, overshot) = (0.0, 1.0, 0.0);
            for (var j = 0; j < _inputs.Length; j++)
            {
                for (var c = 0; c < _classes; c++)
                {
                    var before = _weights[j][c];
                    var now = Shrunk(ahead[j][c] - _step * gradient[j][c], j < _inputs.Length - 1 ? _step * penalty : 0);
                    overshot += (ahead[j][c] - now) * (now - before);
                    change = Math.Max(change, Math.Abs(now - before));
                    size = Math.Max(size, Math.Abs(now));
                    _weights[j][c] = now;
                    ahead[j][c] = now + (momentum - 1) / next * (now - before);
                }
            }
            momentum = next;
            if (overshot > 0)
                (ahead, momentum) = (Copy(_weights), 1);
            if (change < Tolerance * size)
                return;
        }
    }

    public double[] Weights() => [.. _weights[..^1].Select(ofDimension => ofDimension.Sum(Math.Abs))];

    public IEnumerable<double> Losses(int[] rows)
    {
        var probabilities = new double[_classes];
        foreach (var row in rows)
        {
            Probabilities(_weights, row, probabilities);
            yield return -Math.Log(Math.Max(probabilities[_classOf[row]], double.Epsilon));
        }
    }

    /// <summary>(accuracy − m) / (1 − m), m the share of the commonest class, at least 0.</summary>
    public double Skill(int[] rows)
    {
        var most = rows.CountBy(row => _classOf[row]).Max(entry => entry.Value) / (double)rows.Length;
        return most == 1 ? 0 : Math.Max(0, (Accuracy(rows) - most) / (1 - most));
    }

    /// <summary>The share of rows whose likeliest class is theirs.</summary>
    public double Accuracy(int[] rows)
    {
        var probabilities = new double[_classes];
        return rows.Count(row =>
        {
            Probabilities(_weights, row, probabilities);
            return Array.IndexOf(probabilities, probabilities.Max()) == _classOf[row];
        }) / (double)rows.Length;
    }

    /// <summary>Nearer to 0 by <paramref name="by"/>, and 0 where that would pass it.</summary>
    public static double Shrunk(double value, double by) => Math.Sign(value) * Math.Max(0, Math.Abs(value) - by);

    /// <summary>1/n Σ x (p − y)ᵀ.</summary>
    private double[][] Gradient(double[][] weights)
    {
        var (gradient, probabilities) = (Zeros(), new double[_classes]);
        foreach (var row in _rows)
        {
            Probabilities(weights, row, probabilities);
            probabilities[_classOf[row]]--;
            for (var j = 0; j < _inputs.Length; j++)
            {
                var (ofDimension, input) = (gradient[j], _inputs[j][row] / _rows.Length);
                for (var c = 0; c < ofDimension.Length; c++)
                    ofDimension[c] += input * probabilities[c];
            }
        }
        return gradient;
    }

    private void Probabilities(double[][] weights, int row, double[] probabilities)
    {
        Array.Clear(probabilities);
        for (var j = 0; j < weights.Length; j++)
        {
            var (ofDimension, input) = (weights[j], _inputs[j][row]);
            for (var c = 0; c < probabilities.Length; c++)
                probabilities[c] += input * ofDimension[c];
        }
        var (largest, sum) = (probabilities.Max(), 0.0);
        for (var c = 0; c < probabilities.Length; c++)
            sum += probabilities[c] = Math.Exp(probabilities[c] - largest);
        for (var c = 0; c < probabilities.Length; c++)
            probabilities[c] /= sum;
    }

    /// <summary>
    /// The largest Σ |1/n Σ x xᵀ| of a row, no less than its largest eigenvalue; half of that bounds the curvature of the loss (Böhning
    /// 1992).
    /// </summary>
    private double LargestRowSum() => _inputs.Max(one => _inputs.Sum(other =>
    {
        var sum = 0.0;
        foreach (var row in _rows)
            sum += one[row] * other[row];
        return Math.Abs(sum / _rows.Length);
    }));

    /// <summary>The optimum without any dimension; a class that no row to learn from has counts as half a row.</summary>
    private void StartFromFrequencies()
    {
        const double half = 0.5;
        var counts = new double[_classes];
        foreach (var row in _rows)
            counts[_classOf[row]]++;
        for (var c = 0; c < _classes; c++)
            _weights[^1][c] = Math.Log(Math.Max(counts[c], half) / _rows.Length);
    }

    private double[][] Zeros() => [.. _inputs.Select(_ => new double[_classes])];

    private static double[][] Copy(double[][] weights) => Array.ConvertAll(weights, row => (double[])row.Clone());
}
