namespace MLNet.Vae.Data;

/// <summary>
/// A column of which a few rows lie so far from the others that most of its variance is theirs: one wrong reading among thousands, or 1e30
/// for a missing value.
/// </summary>
/// <param name="Slot">Of the row.</param>
/// <param name="Centre">Mean of the middle 98 % of the values.</param>
/// <param name="Spread">
/// The standard deviation of a normal distribution whose middle 98 % lie as far apart as those of the column or, where that is more, as
/// in a column that is mostly of one value, how far from the centre the others lie: their median.
/// </param>
/// <param name="IsTrimmed">Whether it is scaled by its spread, as it would be by its standard deviation, and not by its range.</param>
/// <param name="Values">The far ones that are known, with the numbers of their rows.</param>
internal sealed record FarColumn(int Slot, double Centre, double Spread, bool IsTrimmed, IReadOnlyList<FarColumn.Far> Values)
{
    /// <summary>
    /// Spreads from the centre beyond which a value is far; where a column is scaled by its spread, it counts as this far.
    /// </summary>
    public const float Limit = 20;

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

    /// <summary>A far value.</summary>
    /// <param name="Row">Its row, counted from 0.</param>
    /// <param name="Value">In the user's units.</param>
    internal readonly record struct Far(long Row, float Value);

    /// <param name="statistics">Of all rows.</param>
    /// <param name="sample">Some of them.</param>
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
                .Select(slot => Of(statistics, sample, slot.Index, slot.Item == VaeNormalization.Standardize))
                .OfType<FarColumn>(),
        ];

    private static FarColumn? Of(
        ColumnStatistics statistics, IReadOnlyList<(long Number, float[] Values)> sample, int slot, bool isStandardised)
    {
        var (mean, variance) = (statistics.Mean(slot), statistics.Variance(slot));
        var (minimum, maximum) = (statistics.Minimum[slot], statistics.Maximum[slot]);
        var deviation = Math.Sqrt(variance);
        var suspicious = Math.Min(Suspicious, SuspiciousShare * Math.Sqrt(statistics.Rows)) * deviation;
        if (!(Math.Max(maximum - mean, mean - minimum) > suspicious))
            return null;
        var sorted = sample.Select(row => row.Values[slot]).Order().ToArray();
        var first = (int)Math.Ceiling(Tail * (sorted.Length - 1));
        var middle = sorted[first..(sorted.Length - first)];
        var centre = middle.Average(value => (double)value);
        var common = sorted[sorted.Length / 2];
        var others = sorted.Where(value => value != common).Select(value => Math.Abs(value - centre)).Order().ToArray();
        if (others.Length == 0)
            return null;
        var spread = Math.Max(((double)middle[^1] - middle[0]) / MiddleWidth, others[others.Length / 2]);
        var far = sample
            .Select(row => new Far(row.Number, row.Values[slot]))
            .Append(new(statistics.MinimumRow(slot), minimum))
            .Append(new(statistics.MaximumRow(slot), maximum))
            .Where(value => Math.Abs(value.Value - centre) > Limit * spread)
            .DistinctBy(value => value.Row)
            .OrderBy(value => value.Row)
            .ToList();
        var inSample = sample.Count(row => Math.Abs(row.Values[slot] - centre) > Limit * spread);
        if (far.Count == 0 || inSample > Math.Max(1, FewRows * sample.Count))
            return null;
        var share = far.Sum(value => Math.Pow(value.Value - mean, 2)) / statistics.Rows / variance;
        return share > OwnedVariance ? new(slot, centre, spread, isStandardised, far) : null;
    }
}
