using static System.FormattableString;

namespace MLNet.Vae.Tables;

/// <summary>
/// How numbers are modelled: by their values where there are few of them or one is frequent, by the family that they are near to, and else
/// by their ranks.
/// </summary>
internal static class NumberChoice
{
    /// <summary>Up to as many values are a bin each.</summary>
    public const int FewValues = 32;

    /// <summary>From this share of the rows on a value is frequent.</summary>
    private const double FrequentShare = 0.1;

    /// <summary>A family whose distribution function is no further away is good enough.</summary>
    private const double NearFamily = 0.05;

    /// <summary>Fewer rows than this say nothing of identifiers.</summary>
    private const int LeastRows = 20;

    public static ColumnChoice Of(NumberSurvey survey)
    {
        var sorted = survey.Sorted();
        var distinct = HistogramBuilder.Distinct(sorted);
        if (survey.Least == survey.Greatest)
            return new(null, Invariant($"constant: always {survey.Least}"));
        if (IsIdentifier(survey, distinct))
        {
            return new(
                null, Invariant($"like an identifier: {survey.Count} different integers within {survey.Greatest - survey.Least + 1}"));
        }
        if (distinct == 2 && (survey.Least, survey.Greatest) == (0, 1))
            return new(VaeColumnKind.Boolean, "0 and 1");
        if (distinct <= FewValues)
            return new(VaeColumnKind.Histogram, Invariant($"{distinct} values"));
        var (mode, share) = HistogramBuilder.Mode(sorted);
        if (share >= FrequentShare)
            return new(VaeColumnKind.Histogram, Invariant($"{share:P0} are {mode}"));
        return Family(survey, sorted);
    }

    private static ColumnChoice Family(NumberSurvey survey, double[] sorted)
    {
        // Whole numbers that begin far from 0, such as ages, are no counts: a family of counts would think little of one far out.
        var isCount = survey.IsInteger && survey.Least is 0 or 1;
        var families = new List<(VaeColumnKind Kind, double Distance)>
        {
            (VaeColumnKind.Gaussian, KolmogorovFit.Gaussian(sorted, survey.IsInteger)),
        };
        if (survey.Least > 0)
            families.Add((VaeColumnKind.LogNormal, KolmogorovFit.LogNormal(sorted, survey.IsInteger)));
        if (isCount)
        {
            families.Add((VaeColumnKind.Poisson, KolmogorovFit.Poisson(sorted)));
            families.Add((VaeColumnKind.NegativeBinomial, KolmogorovFit.NegativeBinomial(sorted)));
        }
        var (kind, distance) = families.MinBy(family => family.Distance);
        return distance <= NearFamily
            ? new(kind, Invariant($"distribution function within {distance:F3}"))
            : new(VaeColumnKind.Quantile, Invariant($"nearest family {kind}, distribution function {distance:F2} off"));
    }

    /// <summary>Integers of which none comes twice, and which leave few of their range out.</summary>
    private static bool IsIdentifier(NumberSurvey survey, int distinct)
        => survey.IsInteger && survey.Count >= LeastRows && survey.Greatest - survey.Least < 2.0 * survey.Count
            && (survey.IsRising || distinct == survey.Count);
}
