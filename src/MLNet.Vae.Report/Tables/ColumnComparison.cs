using System.Globalization;
using MathNet.Numerics.Statistics;

namespace MLNet.Vae.Reporting;

/// <summary>One column of three tables.</summary>
internal static class ColumnComparison
{
    public static VaeColumnComparison Of(Tables tables, int place)
    {
        double[] real = tables.Real.Values[place], heldOut = tables.HeldOut.Values[place], synthetic = tables.Synthetic.Values[place];
        var column = tables.Columns[place];
        return column.IsNumber ? OfNumbers(column, real, heldOut, synthetic) : OfCategories(column, real, heldOut, synthetic);
    }

    private static VaeColumnComparison OfNumbers(TableColumn column, double[] real, double[] heldOut, double[] synthetic)
    {
        double[] sorted = Sorted(real), sortedHeldOut = Sorted(heldOut), sortedSynthetic = Sorted(synthetic);
        var isInteger = Array.TrueForAll(sorted, double.IsInteger);
        var (low, high) = sorted.Length == 0 ? (double.NaN, double.NaN) : (sorted[0], sorted[^1]);
        // Where no real number is there, any is unseen.
        bool IsUnseen(double value) => !(value >= low && value <= high);
        var unseen = Array.FindAll(sortedSynthetic, IsUnseen);
        return new()
        {
            Name = column.Name,
            Kind = isInteger ? VaeColumnComparisonKind.WholeNumber : VaeColumnComparisonKind.Number,
            Distance = Distances.KolmogorovSmirnov(sorted, sortedSynthetic),
            HeldOutDistance = Distances.KolmogorovSmirnov(sorted, sortedHeldOut),
            RealMissingShare = MissingShare(real),
            SyntheticMissingShare = MissingShare(synthetic),
            RealNumbers = Numbers(sorted),
            SyntheticNumbers = Numbers(sortedSynthetic),
            Categories = [],
            RealCategories = 0,
            UnseenRows = unseen.Length,
            HeldOutUnseenRows = sortedHeldOut.Count(IsUnseen),
            UnseenValues =
            [
                .. unseen.Distinct()
                    .OrderByDescending(value => Math.Max(low - value, value - high))
                    .Take(VaeColumnComparison.MaximumExamples)
                    .Select(value => value.ToString("G7", CultureInfo.InvariantCulture)),
            ],
            FractionalRows = isInteger && sorted.Length > 0 ? sortedSynthetic.Count(value => !double.IsInteger(value)) : 0,
        };
    }

    private static VaeColumnComparison OfCategories(TableColumn column, double[] real, double[] heldOut, double[] synthetic)
    {
        Dictionary<double, int> counts = Counts(real), heldOutCounts = Counts(heldOut), syntheticCounts = Counts(synthetic);
        var unseen = syntheticCounts.Where(pair => !counts.ContainsKey(pair.Key)).ToList();
        double RealShare(double key) => counts.GetValueOrDefault(key) / (double)real.Length;
        double SyntheticShare(double key) => syntheticCounts.GetValueOrDefault(key) / (double)synthetic.Length;
        return new()
        {
            Name = column.Name,
            Kind = VaeColumnComparisonKind.Category,
            Distance = Distances.TotalVariation(counts, syntheticCounts),
            HeldOutDistance = Distances.TotalVariation(counts, heldOutCounts),
            RealMissingShare = MissingShare(real),
            SyntheticMissingShare = MissingShare(synthetic),
            RealNumbers = null,
            SyntheticNumbers = null,
            Categories =
            [
                .. counts.Keys.Union(syntheticCounts.Keys)
                    .OrderByDescending(key => RealShare(key) + SyntheticShare(key))
                    .ThenBy(column.NameOf, StringComparer.Ordinal)
                    .Take(VaeColumnComparison.MaximumCategories)
                    .Select(key => new VaeTableCategory
                    {
                        Name = column.NameOf(key),
                        RealShare = RealShare(key),
                        HeldOutShare = heldOutCounts.GetValueOrDefault(key) / (double)heldOut.Length,
                        SyntheticShare = SyntheticShare(key),
                    }),
            ],
            RealCategories = counts.Count,
            UnseenRows = unseen.Sum(pair => pair.Value),
            HeldOutUnseenRows = heldOutCounts.Where(pair => !counts.ContainsKey(pair.Key)).Sum(pair => pair.Value),
            UnseenValues =
            [
                .. unseen.OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => column.NameOf(pair.Key), StringComparer.Ordinal)
                    .Take(VaeColumnComparison.MaximumExamples)
                    .Select(pair => column.NameOf(pair.Key)),
            ],
            FractionalRows = 0,
        };
    }

    private static Dictionary<double, int> Counts(double[] values) => values.CountBy(value => value).ToDictionary();

    private static double MissingShare(double[] values) => values.Count(double.IsNaN) / (double)values.Length;

    private static double[] Sorted(double[] values)
    {
        var sorted = Array.FindAll(values, value => !double.IsNaN(value));
        Array.Sort(sorted);
        return sorted;
    }

    private static VaeTableNumbers Numbers(double[] sorted) => new()
    {
        Mean = sorted.Mean(),
        StandardDeviation = sorted.StandardDeviation(),
        Quantiles = Quantiles.Of(sorted),
        ZeroShare = sorted.Length == 0 ? double.NaN : sorted.Count(value => value == 0) / (double)sorted.Length,
    };
}
