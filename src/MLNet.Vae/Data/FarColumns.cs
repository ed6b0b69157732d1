namespace MLNet.Vae.Data;

/// <summary>Finds the columns of which a few rows have the spread.</summary>
internal static class FarColumns
{
    // What is left out of the middle 98 %, on either side, and how far apart its ends are in a normal distribution of deviation 1.
    private const double Tail = 0.01, MiddleWidth = 2 * 2.326347874;

    /// <summary>Of so few rows there is no middle to speak of.</summary>
    private const int LeastRows = 20;

    /// <summary>Far values are few up to this share of the rows.</summary>
    private const double FewRows = 0.01;

    /// <summary>Far values have the spread where more than this share of the variance is theirs.</summary>
    private const double OwnedVariance = 0.5;

    // One row in a hundred, all equally far, is 10 deviations from the mean, and the only one of n is √n: a column without such a value is
    // not looked at.
    private const double Suspicious = 7, SuspiciousShare = 0.7;

    /// <summary>A column in which more than this share of the rows have one value is that of this value, with exceptions.</summary>
    private const double MostlyOne = 0.9;

    /// <summary>
    /// An exception that is more than so many times as far from the one value as that is from 0 is far, and one from 0 whose square no
    /// number of single precision holds: other exceptions, a flag that is seldom set, have a spread of their own.
    /// </summary>
    private const double FarSizes = 1_000;

    private static readonly double FarFromZero = Math.Sqrt(float.MaxValue);

    /// <param name="statistics">Of all rows.</param>
    /// <param name="sample">Some of them, NaN where a value is missing.</param>
    /// <param name="normalization">Of each slot; a column that is not normalised is not looked at.</param>
    public static IReadOnlyList<FarColumn> Of(
        ColumnStatistics statistics,
        IReadOnlyList<(long Number, float[] Values)> sample,
        IReadOnlyList<VaeNormalization> normalization
    ) => sample.Count < LeastRows
        ? []
        :
        [
            .. normalization
                .Index()
                .Where(slot => slot.Item != VaeNormalization.None)
                .Select(slot => Of(statistics, sample, slot.Index, slot.Item == VaeNormalization.MinMax))
                .OfType<FarColumn>(),
        ];

    private static FarColumn? Of(
        ColumnStatistics statistics, IReadOnlyList<(long Number, float[] Values)> sample, int slot, bool byRange)
    {
        if (!IsSuspicious(statistics, slot))
            return null;
        sample = [.. sample.Where(row => !float.IsNaN(row.Values[slot]))];
        if (sample.Count < LeastRows)
            return null;
        var sorted = sample.Select(row => row.Values[slot]).Order().ToArray();
        var (centre, spread) = Middle(sorted);
        if (spread == 0)
        {
            return Known(value => IsFarException(value, centre)) is { Count: > 0 } exceptions
                ? new(
                    slot,
                    FarColumnKind.Constant,
                    centre,
                    ColumnStatistics.UnitOfConstant(centre),
                    ColumnStatistics.ConstantLimit,
                    exceptions
                )
                : null;
        }
        if (Known(IsFar) is not { Count: > 0 } far)
            return null;
        if (!byRange)
            return new(slot, FarColumnKind.Spread, centre, spread, FarColumn.FarSpreads, far);
        var others = sorted.Where(value => !IsFar(value)).ToArray();
        // Those of all rows, where they are none of the far ones.
        var least = Math.Min(others[0], IsFar(statistics.Minimum[slot]) ? others[0] : statistics.Minimum[slot]);
        var largest = Math.Max(others[^1], IsFar(statistics.Maximum[slot]) ? others[^1] : statistics.Maximum[slot]);
        var range = (double)largest - least;
        var furthest = centre - least + FarColumn.FarSpreads * spread;
        return new(slot, FarColumnKind.Range, least, range, furthest / range, far);

        bool IsFar(float value) => Math.Abs(value - centre) > FarColumn.FarSpreads * spread;

        // Of the sample, in which they have to be few, and of all rows the least and the largest; none where they have not the spread.
        List<FarColumn.Far> Known(Func<float, bool> isFar)
        {
            if (sample.Count(row => isFar(row.Values[slot])) > Math.Max(1, FewRows * sample.Count))
                return [];
            List<FarColumn.Far> known =
            [
                .. sample
                    .Select(row => new FarColumn.Far(row.Number, row.Values[slot]))
                    .Append(new(statistics.MinimumRow(slot), statistics.Minimum[slot]))
                    .Append(new(statistics.MaximumRow(slot), statistics.Maximum[slot]))
                    .Where(value => isFar(value.Value))
                    .DistinctBy(value => value.Row)
                    .OrderBy(value => value.Row),
            ];
            var owned = known.Sum(value => Math.Pow(value.Value - statistics.Mean(slot), 2)) / statistics.Count(slot);
            return owned > OwnedVariance * statistics.Variance(slot) ? known : [];
        }
    }

    private static bool IsSuspicious(ColumnStatistics statistics, int slot)
    {
        var (mean, deviation) = (statistics.Mean(slot), Math.Sqrt(statistics.Variance(slot)));
        var suspicious = Math.Min(Suspicious, SuspiciousShare * Math.Sqrt(statistics.Count(slot))) * deviation;
        return Math.Max(statistics.Maximum[slot] - mean, mean - statistics.Minimum[slot]) > suspicious;
    }

    /// <summary>
    /// The mean of the middle 98 %, and the standard deviation of a normal distribution whose middle 98 % lie as far apart or, where that
    /// is more, as in a column that is mostly of one value, how far from the mean the others lie: their median. Without others, far ones
    /// left out, the one value, and 0.
    /// </summary>
    private static (double Centre, double Spread) Middle(float[] sorted)
    {
        var first = (int)Math.Ceiling(Tail * (sorted.Length - 1));
        var middle = sorted[first..(sorted.Length - first)];
        var centre = middle.Average(value => (double)value);
        var common = sorted[sorted.Length / 2];
        var isMostlyOne = sorted.Count(value => value == common) > MostlyOne * sorted.Length;
        var others = sorted
            .Where(value => value != common && !(isMostlyOne && IsFarException(value, common)))
            .Select(value => Math.Abs(value - centre))
            .Order()
            .ToArray();
        return others.Length == 0
            ? (common, 0)
            : (centre, Math.Max(((double)middle[^1] - middle[0]) / MiddleWidth, others[others.Length / 2]));
    }

    private static bool IsFarException(double value, double one)
        => Math.Abs(value - one) > (one == 0 ? FarFromZero : FarSizes * Math.Abs(one));
}
