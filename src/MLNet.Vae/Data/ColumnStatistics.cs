using MLNet.Vae.Networks;

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
        for (var start = 0; start < values.Length; start += featureCount)
            Add(values.Slice(start, featureCount));
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
            scaling.Scale[j] = (IsConstant(j) && normalization(j) != VaeNormalization.None) || scale is 0 or float.PositiveInfinity ? 1 : scale;
        }
        return scaling;
    }

    private void Add(ReadOnlySpan<float> row)
    {
        var first = Rows++ == 0;
        for (var j = 0; j < row.Length; j++)
        {
            var value = row[j];
            if (first)
            {
                _origin[j] = value;
                _minimum[j] = _maximum[j] = value;
            }
            else if (value < _minimum[j])
                _minimum[j] = value;
            else if (value > _maximum[j])
                _maximum[j] = value;
            var difference = value - _origin[j];
            _sum[j] += difference;
            _sumOfSquares[j] += difference * difference;
        }
    }

    private double Mean(int j) => _origin[j] + _sum[j] / Rows;

    private double Variance(int j) => Math.Max(0, (_sumOfSquares[j] - _sum[j] * _sum[j] / Rows) / Rows);

    private bool IsConstant(int j)
        => (double)_maximum[j] - _minimum[j] <= ConstantTolerance * Math.Max(Math.Abs(_minimum[j]), Math.Abs(_maximum[j]));
}
