using System.Numerics;
using MLNet.Vae.Graphs;
using MLNet.Vae.Groups;

namespace MLNet.Vae.Data;

/// <summary>Mean, spread and range of each feature, from one pass, in double precision.</summary>
/// <param name="featureCount">Values of a row.</param>
/// <param name="mayMiss">Whether NaN is a missing value, which counts for nothing; otherwise all values are finite.</param>
internal sealed class ColumnStatistics(int featureCount, bool mayMiss = false)
{
    /// <summary>
    /// Units from its value beyond which a constant feature is no further off: far enough to outweigh whatever else a row has, near enough
    /// for its square to stay finite.
    /// </summary>
    public const float ConstantLimit = 100;

    /// <summary>
    /// The unit of a feature that has one value in all rows, as a share of that value: eight to sixteen times what single precision can
    /// tell, so that any change but rounding is many units.
    /// </summary>
    private const double ConstantUnit = 1.0 / (1 << 20);

    /// <summary>The unit of one that is 0 in all rows, which has no size: any other value is infinitely many times as large.</summary>
    private const double SmallestUnit = 1.17549435e-38;

    // Sums are taken of differences from the first row: sums of squares of large, close values would cancel.
    private readonly double[] _origin = new double[featureCount];
    private readonly double[] _sum = new double[featureCount];
    private readonly double[] _sumOfSquares = new double[featureCount];
    private readonly float[] _minimum = new float[featureCount];
    private readonly float[] _maximum = new float[featureCount];
    private readonly long[] _minimumRow = new long[featureCount];
    private readonly long[] _maximumRow = new long[featureCount];

    // Values of each feature; null: as many as rows.
    private readonly long[]? _counts = mayMiss ? new long[featureCount] : null;

    /// <summary>Of features that are 1 in so many of the rows and else 0.</summary>
    public static ColumnStatistics OfOneHot(IReadOnlyList<long> counts, long rows)
    {
        var statistics = new ColumnStatistics(counts.Count) { Rows = rows };
        for (var j = 0; j < counts.Count; j++)
        {
            (statistics._sum[j], statistics._sumOfSquares[j]) = (counts[j], counts[j]);
            statistics._minimum[j] = counts[j] == rows ? 1 : 0;
            statistics._maximum[j] = counts[j] > 0 ? 1 : 0;
        }
        return statistics;
    }

    public long Rows { get; private set; }

    /// <summary>Rows in which a feature is not missing.</summary>
    public long Count(int j) => _counts?[j] ?? Rows;

    /// <summary>Whether no value is missing.</summary>
    public bool IsComplete => _counts is null || Array.TrueForAll(_counts, count => count == Rows);

    /// <summary>The first feature that is missing in every row; −1: there is none.</summary>
    public int FirstWithoutValues => _counts is null ? -1 : Array.IndexOf(_counts, 0);

    /// <summary>Whether every row is the same.</summary>
    public bool AllRowsEqual => _minimum.AsSpan().SequenceEqual(_maximum);

    /// <summary>Least value of each feature.</summary>
    public ReadOnlySpan<float> Minimum => _minimum;

    /// <summary>Largest value of each feature.</summary>
    public ReadOnlySpan<float> Maximum => _maximum;

    /// <summary>The first row that has the least value of a feature, counted from 0.</summary>
    public long MinimumRow(int j) => _minimumRow[j];

    /// <summary>The first row that has the largest.</summary>
    public long MaximumRow(int j) => _maximumRow[j];

    public void Add(FeatureBlock block)
    {
        var values = block.Values.Span[..(block.Rows * featureCount)];
        if (_counts is not null)
        {
            AddObserved(values);
            Rows += block.Rows;
            return;
        }
        if (Rows == 0)
        {
            for (var j = 0; j < featureCount; j++)
                _origin[j] = _minimum[j] = _maximum[j] = values[j];
        }
        var (firstRow, minimum, maximum) = (Rows, (float[])_minimum.Clone(), (float[])_maximum.Clone());
        Rows += block.Rows;
        var vectors = featureCount / Vector<float>.Count * Vector<float>.Count;
        for (var j = 0; j < vectors; j += Vector<float>.Count)
            AddVector(values, j);
        for (var j = vectors; j < featureCount; j++)
            AddSingle(values, j);
        for (var j = 0; j < featureCount; j++)
        {
            if (_minimum[j] < minimum[j])
                _minimumRow[j] = firstRow + RowOf(values, j, _minimum[j]);
            if (_maximum[j] > maximum[j])
                _maximumRow[j] = firstRow + RowOf(values, j, _maximum[j]);
        }
    }

    /// <summary>
    /// Those of the rows of all ranks of a group, as if one had read them, rank after rank (Chan, Golub and LeVeque 1983); the same bits on
    /// every rank.
    /// </summary>
    public void Merge(TrainingGroup group)
    {
        if (group.IsAlone)
            return;
        var rows = group.Each(Rows);
        var counts = group.Each<long>(_counts ?? [.. Enumerable.Repeat(Rows, featureCount)]);
        double[] origins = group.Each<double>(_origin), sums = group.Each<double>(_sum), squares = group.Each<double>(_sumOfSquares);
        float[] minima = group.Each<float>(_minimum), maxima = group.Each<float>(_maximum);
        long[] minimumRows = group.Each<long>(_minimumRow), maximumRows = group.Each<long>(_maximumRow);
        for (var j = 0; j < featureCount; j++)
        {
            var (count, before) = (0L, 0L);
            for (var rank = 0; rank < group.Size; before += rows[rank++])
            {
                var at = (rank * featureCount) + j;
                if (counts[at] == 0)
                    continue;
                if (count == 0)
                {
                    (_origin[j], _sum[j], _sumOfSquares[j]) = (origins[at], 0, 0);
                    (_minimum[j], _maximum[j]) = (minima[at], maxima[at]);
                    (_minimumRow[j], _maximumRow[j]) = (before + minimumRows[at], before + maximumRows[at]);
                }
                if (minima[at] < _minimum[j])
                    (_minimum[j], _minimumRow[j]) = (minima[at], before + minimumRows[at]);
                if (maxima[at] > _maximum[j])
                    (_maximum[j], _maximumRow[j]) = (maxima[at], before + maximumRows[at]);
                // Differences from another origin.
                var shift = origins[at] - _origin[j];
                _sum[j] += sums[at] + (counts[at] * shift);
                _sumOfSquares[j] += squares[at] + (2 * shift * sums[at]) + (counts[at] * shift * shift);
                count += counts[at];
            }
            if (_counts is not null)
                _counts[j] = count;
        }
        Rows = rows.Sum();
    }

    /// <summary>Takes over what others know of features that are missing in every row here.</summary>
    public void Complete(ColumnStatistics others)
    {
        for (var j = 0; _counts is not null && j < featureCount; j++)
        {
            if (_counts[j] > 0)
                continue;
            (_counts[j], _origin[j]) = (others.Count(j), others._origin[j]);
            (_sum[j], _sumOfSquares[j]) = (others._sum[j], others._sumOfSquares[j]);
            (_minimum[j], _maximum[j]) = (others._minimum[j], others._maximum[j]);
        }
    }

    /// <summary>Features whose values do not differ by more than rounding.</summary>
    public IEnumerable<int> ConstantFeatures() => Enumerable.Range(0, featureCount).Where(IsConstant);

    /// <param name="normalization">That of each feature.</param>
    /// <param name="isReconstructed">
    /// Whether the likelihood has the feature; otherwise it is only read, and not at all where it is constant. <see langword="null"/>: it
    /// has all.
    /// </param>
    /// <param name="far">Features of which few rows have the spread, each scaled as it says.</param>
    public FeatureScaling Scaling(
        Func<int, VaeNormalization> normalization,
        Func<int, bool>? isReconstructed = null,
        IReadOnlyList<FarColumn>? far = null
    )
    {
        var scaling = FeatureScaling.Identity(featureCount);
        var limit = new float[featureCount];
        Array.Fill(limit, float.PositiveInfinity);
        var isConstant = new bool[featureCount];
        var shared = SharedRange.Of(this, featureCount, normalization, far);
        var sharing = shared?.Slots.ToHashSet() ?? [];
        for (var j = 0; j < featureCount; j++)
        {
            if (normalization(j) == VaeNormalization.None)
                continue;
            var (offset, scale) = normalization(j) switch
            {
                VaeNormalization.Standardize => (Mean(j), Math.Sqrt(Variance(j))),
                VaeNormalization.StandardizeShared => (Mean(j), sharing.Contains(j) ? shared!.Deviation : Math.Sqrt(Variance(j))),
                VaeNormalization.MinMax => (_minimum[j], (double)_maximum[j] - _minimum[j]),
                var other => throw new ArgumentOutOfRangeException(nameof(normalization), other, null),
            };
            scale = Math.Max(scale, Rounding(Largest(j)));
            if (IsConstant(j))
            {
                isConstant[j] = isReconstructed?.Invoke(j) ?? true;
                scale = isConstant[j] ? UnitOfConstant(offset) : double.PositiveInfinity;
                limit[j] = isConstant[j] ? ConstantLimit : limit[j];
            }
            scaling.Offset[j] = (float)offset;
            scaling.Scale[j] = double.IsPositiveInfinity(scale)
                ? float.PositiveInfinity
                : (float)Math.Clamp(scale, SmallestUnit, float.MaxValue);
        }
        foreach (var column in far ?? [])
        {
            var j = column.Slot;
            isConstant[j] = column.Kind == FarColumnKind.Constant && (isReconstructed?.Invoke(j) ?? true);
            var isRead = column.Kind != FarColumnKind.Constant || isConstant[j];
            scaling.Offset[j] = (float)column.Offset;
            scaling.Scale[j] = isRead ? (float)column.Scale : float.PositiveInfinity;
            limit[j] = isRead ? (float)column.Limit : float.PositiveInfinity;
        }
        return scaling with
        {
            Limit = limit.Any(float.IsFinite) ? limit : null,
            IsConstant = isConstant.Contains(true) ? isConstant : null,
        };
    }

    public double Mean(int j) => _origin[j] + _sum[j] / Math.Max(1, Count(j));

    /// <summary>Divided by the number of values.</summary>
    public double Variance(int j)
    {
        var count = Math.Max(1, Count(j));
        return Math.Max(0, (_sumOfSquares[j] - _sum[j] * _sum[j] / count) / count);
    }

    /// <summary>What a constant feature is scaled by.</summary>
    public static double UnitOfConstant(double value) => Math.Max(ConstantUnit * Math.Abs(value), SmallestUnit);

    /// <summary>The distance between numbers of single precision that are about as far from 0 as <paramref name="magnitude"/>.</summary>
    public static double Rounding(float magnitude) => (double)magnitude - MathF.BitDecrement(magnitude);

    private long RowOf(ReadOnlySpan<float> values, int j, float value)
    {
        var at = j;
        while (values[at] != value)
            at += featureCount;
        return at / featureCount;
    }

    /// <summary>Of rows some values of which are missing.</summary>
    private void AddObserved(ReadOnlySpan<float> values)
    {
        for (var row = Rows; values.Length > 0; row++)
        {
            for (var j = 0; j < featureCount; j++)
            {
                var value = values[j];
                if (float.IsNaN(value))
                    continue;
                if (_counts![j]++ == 0)
                {
                    _origin[j] = _minimum[j] = _maximum[j] = value;
                    _minimumRow[j] = _maximumRow[j] = row;
                }
                if (value < _minimum[j])
                    (_minimum[j], _minimumRow[j]) = (value, row);
                if (value > _maximum[j])
                    (_maximum[j], _maximumRow[j]) = (value, row);
                var difference = value - _origin[j];
                _sum[j] += difference;
                _sumOfSquares[j] += difference * difference;
            }
            values = values[featureCount..];
        }
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

    private float Largest(int j) => Math.Max(Math.Abs(_minimum[j]), Math.Abs(_maximum[j]));

    private bool IsConstant(int j) => (double)_maximum[j] - _minimum[j] <= Rounding(Largest(j));
}
