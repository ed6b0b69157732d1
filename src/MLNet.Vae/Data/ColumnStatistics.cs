using System.Numerics;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Data;

/// <summary>Mean, spread and range of each feature, from one pass, in double precision.</summary>
internal sealed class ColumnStatistics(int featureCount)
{
    // A spread this far below the values themselves is rounding of single precision, not information.
    private const double ConstantTolerance = 1e-6;

    // Sums are taken of differences from the first row: sums of squares of large, close values would cancel.
    private readonly double[] _origin = new double[featureCount];
    private readonly double[] _sum = new double[featureCount];
    private readonly double[] _sumOfSquares = new double[featureCount];
    private readonly float[] _minimum = new float[featureCount];
    private readonly float[] _maximum = new float[featureCount];

    public long Rows { get; private set; }

    /// <summary>Whether every row is the same.</summary>
    public bool AllRowsEqual => _minimum.AsSpan().SequenceEqual(_maximum);

    /// <summary>Least value of each feature.</summary>
    public ReadOnlySpan<float> Minimum => _minimum;

    /// <summary>Largest value of each feature.</summary>
    public ReadOnlySpan<float> Maximum => _maximum;

    public void Add(FeatureBlock block)
    {
        var values = block.Values.Span;
        if (Rows == 0)
        {
            for (var j = 0; j < featureCount; j++)
                _origin[j] = _minimum[j] = _maximum[j] = values[j];
        }
        Rows += block.Rows;
        var vectors = featureCount / Vector<float>.Count * Vector<float>.Count;
        for (var j = 0; j < vectors; j += Vector<float>.Count)
            AddVector(values, j);
        for (var j = vectors; j < featureCount; j++)
            AddSingle(values, j);
    }

    /// <summary>Features whose values do not differ by more than rounding.</summary>
    public IEnumerable<int> ConstantFeatures() => Enumerable.Range(0, featureCount).Where(IsConstant);

    /// <param name="normalization">That of each feature.</param>
    public FeatureScaling Scaling(Func<int, VaeNormalization> normalization)
    {
        var scaling = FeatureScaling.Identity(featureCount);
        for (var j = 0; j < featureCount; j++)
        {
            var (offset, scale) = normalization(j) switch
            {
                VaeNormalization.Standardize => ((float)Mean(j), (float)Math.Sqrt(Variance(j))),
                VaeNormalization.MinMax => (_minimum[j], _maximum[j] - _minimum[j]),
                VaeNormalization.None => (0, 1),
                var other => throw new ArgumentOutOfRangeException(nameof(normalization), other, null),
            };
            scaling.Offset[j] = offset;
            scaling.Scale[j] =
                (IsConstant(j) && normalization(j) != VaeNormalization.None) || scale is 0 or float.PositiveInfinity ? 1 : scale;
        }
        return scaling;
    }

    /// <summary>One column after the other, so that what is summed stays in registers.</summary>
    private void AddVector(ReadOnlySpan<float> values, int j)
    {
        var half = Vector<double>.Count;
        var (originLow, originHigh) = (new Vector<double>(_origin, j), new Vector<double>(_origin, j + half));
        var (sumLow, sumHigh) = (new Vector<double>(_sum, j), new Vector<double>(_sum, j + half));
        var (squaresLow, squaresHigh) = (new Vector<double>(_sumOfSquares, j), new Vector<double>(_sumOfSquares, j + half));
        var (minimum, maximum) = (new Vector<float>(_minimum, j), new Vector<float>(_maximum, j));
        for (var at = j; at < values.Length; at += featureCount)
        {
            var value = new Vector<float>(values[at..]);
            minimum = Vector.Min(minimum, value);
            maximum = Vector.Max(maximum, value);
            Vector.Widen(value, out var low, out var high);
            low -= originLow;
            high -= originHigh;
            sumLow += low;
            sumHigh += high;
            squaresLow += low * low;
            squaresHigh += high * high;
        }
        sumLow.CopyTo(_sum, j);
        sumHigh.CopyTo(_sum, j + half);
        squaresLow.CopyTo(_sumOfSquares, j);
        squaresHigh.CopyTo(_sumOfSquares, j + half);
        minimum.CopyTo(_minimum, j);
        maximum.CopyTo(_maximum, j);
    }

    private void AddSingle(ReadOnlySpan<float> values, int j)
    {
        var (origin, sum, squares, minimum, maximum) = (_origin[j], _sum[j], _sumOfSquares[j], _minimum[j], _maximum[j]);
        for (var at = j; at < values.Length; at += featureCount)
        {
            var value = values[at];
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            var difference = value - origin;
            sum += difference;
            squares += difference * difference;
        }
        (_sum[j], _sumOfSquares[j], _minimum[j], _maximum[j]) = (sum, squares, minimum, maximum);
    }

    private double Mean(int j) => _origin[j] + _sum[j] / Rows;

    private double Variance(int j) => Math.Max(0, (_sumOfSquares[j] - _sum[j] * _sum[j] / Rows) / Rows);

    private bool IsConstant(int j)
        => (double)_maximum[j] - _minimum[j] <= ConstantTolerance * Math.Max(Math.Abs(_minimum[j]), Math.Abs(_maximum[j]));
}
