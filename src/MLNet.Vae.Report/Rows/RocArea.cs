using System.Globalization;

namespace MLNet.Vae.Reporting;

/// <summary>
/// Area under the ROC curve: the probability that an anomaly scores above a normal row, ties counted half, and how far chance may have
/// moved it.
/// </summary>
/// <param name="Area">NaN where a class has no rows.</param>
/// <param name="Variance">Of the area, over draws of rows; NaN where a class has fewer than two.</param>
/// <param name="Anomalies">Rows whose label is true.</param>
/// <param name="Normals">Rows whose label is false.</param>
internal sealed record RocArea(double Area, double Variance, int Anomalies, int Normals)
{
    /// <summary>97.5 % quantile of the standard normal distribution.</summary>
    private const double Quantile = 1.959963984540054;

    /// <summary>
    /// Within [0, 1], as it is taken on the logit: logit(A) ± 1.96 σ / (A (1 − A)). <see langword="null"/> where it would have no width.
    /// </summary>
    public (double Low, double High)? Interval
    {
        get
        {
            if (!(Variance > 0) || Area is 0 or 1)
                return null;
            var odds = Area / (1 - Area);
            var reach = Math.Exp(Quantile * Math.Sqrt(Variance) / (Area * (1 - Area)));
            return (odds / (odds + reach), 1 / (1 + (1 / (odds * reach))));
        }
    }

    /// <summary>
    /// Of n scores, NaN ranked as infinite, in O(n log n): from one sorting come the placement values, of an anomaly the share of normal
    /// rows below it and of a normal row the share of anomalies above, and their variances within the classes give that of the area
    /// (DeLong, DeLong and Clarke-Pearson 1988).
    /// </summary>
    public static RocArea Of(IReadOnlyList<float> scores, IReadOnlyList<bool> anomalous)
    {
        float[] ranked = [.. scores.Select(ScoreRank.Of)];
        int[] order = [.. Enumerable.Range(0, ranked.Length)];
        Array.Sort(order, (a, b) => ranked[a].CompareTo(ranked[b]));
        var anomalies = anomalous.Count(anomaly => anomaly);
        var normals = ranked.Length - anomalies;
        var (ofAnomalies, ofNormals) = (new List<double>(anomalies), new List<double>(normals));
        for (var first = 0; first < order.Length;)
        {
            var next = first;
            while (next < order.Length && ranked[order[next]] == ranked[order[first]])
                next++;
            var tied = order[first..next].Count(row => anomalous[row]);
            // A tie is half below and half above.
            var below = ofNormals.Count + ((next - first - tied) / 2.0);
            var above = anomalies - ofAnomalies.Count - (tied / 2.0);
            ofAnomalies.AddRange(Enumerable.Repeat(below / normals, tied));
            ofNormals.AddRange(Enumerable.Repeat(above / anomalies, next - first - tied));
            first = next;
        }
        if (anomalies == 0 || normals == 0)
            return new(double.NaN, double.NaN, anomalies, normals);
        return new(ofAnomalies.Average(), VarianceOfMean(ofAnomalies) + VarianceOfMean(ofNormals), anomalies, normals);
    }

    /// <summary>Of the rows that have a label.</summary>
    public static RocArea OfLabelled(IReadOnlyList<float> scores, IReadOnlyList<bool?> anomalous) => Of(
        [.. scores.Where((_, row) => anomalous[row] is not null)],
        [.. anomalous.OfType<bool>()]
    );

    public override string ToString()
    {
        var rows = $"{Rows(Anomalies, "anomalous")} and {Rows(Normals, "normal")}";
        if (Anomalies == 0 || Normals == 0)
            return $"No area under the ROC curve: it takes rows of both classes, and there are {rows}.";
        var area = $"Area under the ROC curve {Number(Area)}";
        if (Interval is { } interval)
            return $"{area} (95 % interval {Number(interval.Low)} to {Number(interval.High)}), of {rows}.";
        var why = this switch
        {
            { Anomalies: 1 } or { Normals: 1 } => "an interval takes two rows of each class",
            { Area: 1 } => "all anomalous rows score above all normal ones, and how far that is chance such scores do not say",
            { Area: 0 } => "all anomalous rows score below all normal ones, and how far that is chance such scores do not say",
            _ => "all rows have the same score",
        };
        return $"{area}, of {rows}; without an interval: {why}.";
    }

    private static double VarianceOfMean(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count;
    }

    private static string Rows(int count, string kind) => $"{ReportMessages.Count(count)} {kind} {(count == 1 ? "row" : "rows")}";

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
