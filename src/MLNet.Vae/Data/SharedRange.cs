namespace MLNet.Vae.Data;

/// <summary>Columns of one bounded range, such as pixels or the slots of one-hot columns: their sizes compare as they are.</summary>
/// <param name="Least">The least value of most of them.</param>
/// <param name="Largest">The largest.</param>
/// <param name="Slots">Which columns, in their order.</param>
/// <param name="Deviation">The root mean square of their standard deviations.</param>
internal sealed record SharedRange(float Least, float Largest, IReadOnlyList<int> Slots, double Deviation)
{
    /// <summary>Of fewer columns it may be chance that they have one range.</summary>
    private const int LeastColumns = 8;

    /// <param name="statistics">Of all columns.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="normalization">Of each; <see cref="VaeNormalization.StandardizeShared"/> lets it belong to the range.</param>
    /// <param name="far">Columns of which few rows have the spread: each is scaled by itself.</param>
    /// <returns><see langword="null"/>: there is no such range.</returns>
    public static SharedRange? Of(
        ColumnStatistics statistics, int count, Func<int, VaeNormalization> normalization, IReadOnlyList<FarColumn>? far)
    {
        var alone = statistics.ConstantFeatures().Concat((far ?? []).Select(column => column.Slot)).ToHashSet();
        int[] candidates =
        [
            .. Enumerable
                .Range(0, count)
                .Where(slot => normalization(slot) == VaeNormalization.StandardizeShared && !alone.Contains(slot)),
        ];
        var most = candidates
            .GroupBy(slot => (Least: statistics.Minimum[slot], Largest: statistics.Maximum[slot]))
            .MaxBy(group => group.Count());
        if (most is null || most.Count() < LeastColumns)
            return null;
        // A pixel at the edge that is never quite white is a pixel still.
        var (least, largest) = most.Key;
        int[] members =
        [
            .. candidates.Where(slot =>
                statistics.Minimum[slot] >= least
                && statistics.Maximum[slot] <= largest
                && (statistics.Minimum[slot] == least || statistics.Maximum[slot] == largest)),
        ];
        return new(least, largest, members, Math.Sqrt(members.Average(statistics.Variance)));
    }
}
