using static System.FormattableString;

namespace MLNet.Vae.Reporting;

/// <summary>What figures say, in words: each with what it was compared with, so that no threshold is hidden.</summary>
internal static class TableVerdicts
{
    // Chance alone goes beyond three standard errors once in 370 times.
    private const double Beyond = 3;

    private const double RocChance = 0.5;

    public static string OfColumns(VaeTableQuality quality)
    {
        var columns = quality.Columns;
        var far = columns.MaxBy(column => column.Distance)!;
        var (mean, heldOut) = (columns.Average(column => column.Distance), columns.Average(column => column.HeldOutDistance));
        var text = Invariant($"The columns are at a distance of {mean:0.000} in the mean (held-out rows {heldOut:0.000}); \"{far.Name}\" ")
            + Invariant($"is farthest with {far.Distance:0.000} ({far.HeldOutDistance:0.000}).");
        var unseen = columns.Where(column => column.UnseenRows > 0).ToList();
        if (unseen.Count > 0)
        {
            text += $" Values beyond those of real rows: {Sum(columns, column => column.UnseenRows)} in "
                + $"{ReportMessages.Count(quality.Synthetic.RowsRead)} synthetic rows, of {Names(unseen)}; "
                + $"{Sum(columns, column => column.HeldOutUnseenRows)} in {ReportMessages.Count(quality.HeldOut.RowsRead)} held-out rows.";
        }

        var fractional = columns.Where(column => column.FractionalRows > 0).ToList();
        if (fractional.Count > 0)
        {
            text += $" Numbers that are not whole where real ones are: {Sum(columns, column => column.FractionalRows)}, of "
                + $"{Names(fractional)}.";
        }

        return text;
    }

    public static string Of(VaeTableAssociations associations)
    {
        if (double.IsNaN(associations.Error))
            return "There is one column, and no pair to compare.";
        var text = Invariant($"Associations differ by {associations.Error:0.000} in the mean; held-out rows by ")
            + Invariant($"{associations.HeldOutError:0.000}, columns that are independent by {associations.IndependentError:0.000}");
        return associations.IndependentError > associations.HeldOutError
            ? Invariant($"{text}: {100 * KeptShare(associations):0} % of the way from independent columns to real rows.")
            : $"{text}: so few rows show no relation between the columns.";
    }

    /// <summary>1 at the error of held-out rows, 0 at that of independent columns.</summary>
    private static double KeptShare(VaeTableAssociations associations) =>
        (associations.IndependentError - associations.Error) / (associations.IndependentError - associations.HeldOutError);

    public static string Of(VaeTableDetection detection)
    {
        var (area, error) = (detection.Area, detection.StandardError);
        var above = area - RocChance;
        var figures = Invariant($"area under the ROC curve {area:0.000} ± {error:0.000}, where {RocChance} is chance; training rows ")
            + Invariant($"against held-out ones {detection.ControlArea:0.000} ± {detection.ControlStandardError:0.000}.");
        if (above <= Beyond * error)
            return $"Boosted trees do not tell synthetic rows from held-out ones: {figures}";
        var deviations = error > 0 ? Invariant($", {above / error:0} standard errors above chance") : "";
        return $"Boosted trees tell synthetic rows from held-out ones{deviations}: {figures}";
    }

    public static string Of(VaeTableUtility utility)
    {
        var score = utility.ScoredClass is { } scored ? $"an F1 of \"{scored}\"" : "a mean F1 of the classes";
        var (synthetic, real) = (utility.Synthetic, utility.Real);
        return Invariant($"Trained on synthetic rows, boosted trees reach {score} of {synthetic.F1:0.000} on held-out rows; on as many ")
            + Invariant($"real rows {real.F1:0.000} (ratio {utility.F1Ratio:0.00}). Area under the ROC curve {synthetic.Area:0.000} and ")
            + Invariant($"{real.Area:0.000}, accuracy {synthetic.Accuracy:0.000} and {real.Accuracy:0.000}.");
    }

    public static string Of(VaeTablePrivacy privacy)
    {
        var near = Compared(privacy.NearShareDeviations);
        var copied = Compared(privacy.CopyShareDeviations);
        return $"{Percent(privacy.SyntheticNearShare)} of synthetic rows lie nearer to a training row than "
            + Invariant($"{privacy.NearDistance:0.0000}, as {Percent(privacy.HeldOutNearShare)} of held-out rows do: {near}. ")
            + $"{Percent(privacy.SyntheticCopyShare)} are exact copies of one, as are {Percent(privacy.HeldOutCopyShare)} of held-out "
            + $"rows: {copied}.";
    }

    public static string Percent(double share) => Invariant($"{100 * share:0.00} %");

    private static string Compared(double deviations) => deviations switch
    {
        > Beyond => Invariant($"more than chance explains, by {deviations:0.0} standard errors"),
        < -Beyond => Invariant($"fewer, by {-deviations:0.0} standard errors"),
        _ => Invariant($"no more than chance explains (a difference of {Math.Abs(deviations):0.0} standard errors)"),
    };

    private static string Sum(IEnumerable<VaeColumnComparison> columns, Func<VaeColumnComparison, int> rows) =>
        ReportMessages.Count(columns.Sum(column => (long)rows(column)));

    private static string Names(List<VaeColumnComparison> columns)
    {
        const int Most = 5;
        var names = string.Join(", ", columns.Take(Most).Select(column => $"\"{column.Name}\""));
        return columns.Count <= Most ? names : $"{names} and {columns.Count - Most} more columns";
    }
}
