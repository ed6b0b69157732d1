namespace MLNet.Vae.Reporting;

/// <summary>
/// How many rows are what. Rates are of the rows that were judged and have a label, and <see langword="null"/> where they would divide
/// by 0.
/// </summary>
internal sealed class SeriesCounts
{
    public int Rows { get; private set; }

    public int Judged { get; private set; }

    public int Flagged { get; private set; }

    /// <summary>Judged rows of which it is known whether they are anomalies.</summary>
    public int Labelled { get; private set; }

    /// <summary>Those of them that were flagged.</summary>
    public int LabelledFlagged { get; private set; }

    /// <summary>Judged rows that are true anomalies.</summary>
    public int Anomalies { get; private set; }

    /// <summary>Those of them that were flagged.</summary>
    public int Found { get; private set; }

    public double? Precision => Ratio(Found, LabelledFlagged);

    public double? Recall => Ratio(Found, Anomalies);

    public double? F1 => Ratio(2L * Found, LabelledFlagged + Anomalies);

    /// <summary>The share of the normal rows that were flagged.</summary>
    public double? FalseAlarmShare => Ratio(LabelledFlagged - Found, Labelled - Anomalies);

    public void Add(SeriesRow row)
    {
        Rows++;
        if (!row.IsJudged)
            return;
        Judged++;
        Flagged += row.IsFlagged ? 1 : 0;
        Labelled += row.IsLabelled ? 1 : 0;
        LabelledFlagged += row is { IsFlagged: true, IsLabelled: true } ? 1 : 0;
        Anomalies += row.IsAnomaly ? 1 : 0;
        Found += row is { IsFlagged: true, IsAnomaly: true } ? 1 : 0;
    }

    public static SeriesCounts Sum(IEnumerable<SeriesCounts> all)
    {
        var sum = new SeriesCounts();
        foreach (var one in all)
        {
            sum.Rows += one.Rows;
            sum.Judged += one.Judged;
            sum.Flagged += one.Flagged;
            sum.Labelled += one.Labelled;
            sum.LabelledFlagged += one.LabelledFlagged;
            sum.Anomalies += one.Anomalies;
            sum.Found += one.Found;
        }

        return sum;
    }

    private static double? Ratio(long part, int whole) => whole == 0 ? null : part / (double)whole;
}
