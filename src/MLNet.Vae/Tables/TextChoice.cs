using static System.FormattableString;

namespace MLNet.Vae.Tables;

/// <summary>How texts and keys are modelled: as categories, unless nearly each is another.</summary>
internal static class TextChoice
{
    private const int LeastRows = 20;

    public static ColumnChoice Of(TextSurvey survey, int maximumCategories)
    {
        if (survey.Distinct == 1)
            return new(null, $"constant: always '{survey.MostFrequent(1).Texts[0]}'");
        if (IsIdentifier(survey))
        {
            var least = survey.IsBeyond ? "more than " : "";
            return new(null, Invariant($"like an identifier: {least}{survey.Distinct} values in {survey.Count} rows"));
        }
        if (survey.Distinct <= maximumCategories)
            return new(VaeColumnKind.Categorical, Invariant($"{survey.Distinct} values"));
        var share = survey.MostFrequent(maximumCategories).Share;
        return new(VaeColumnKind.Categorical, Invariant($"{survey.Distinct} values, the {maximumCategories} most frequent are {share:P0}"));
    }

    /// <summary>More values than half of the rows.</summary>
    public static bool IsIdentifier(TextSurvey survey)
        => survey.IsBeyond || (survey.Count >= LeastRows && survey.Distinct > survey.Count / 2);
}
