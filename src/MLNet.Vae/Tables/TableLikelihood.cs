namespace MLNet.Vae.Tables;

/// <summary>
/// The likelihood of the features of a table: one part for the numbers, flags and counts each, and one for each one-hot field.
/// </summary>
internal static class TableLikelihood
{
    /// <summary>Fields of one group lie side by side.</summary>
    public static int Group(VaeColumnKind kind) => kind switch
    {
        VaeColumnKind.Gaussian or VaeColumnKind.LogNormal or VaeColumnKind.Quantile or VaeColumnKind.Vector => 0,
        VaeColumnKind.Boolean => 1,
        VaeColumnKind.Poisson => 2,
        VaeColumnKind.NegativeBinomial => 3,
        _ => 4,
    };

    private static readonly CategoricalLikelihood Categories = VaeLikelihood.Categorical with { StartsAtFrequencies = true };

    /// <summary>The features for categories, and for numbers beyond all, that training has not.</summary>
    public static IReadOnlySet<int> Unused(VaeTableInfo info)
        => info.Modelled.SelectMany(column => column.Fields).SelectMany(field => field.Kind switch
        {
            VaeColumnKind.Categorical when field.OtherShare == 0 => Enumerable.Range(field.Start + field.Count - 1, 1),
            VaeColumnKind.Histogram => Enumerable.Range(field.Start + field.Count - 2, 2),
            _ => [],
        }).ToHashSet();

    public static VaeLikelihood Of(VaeTableInfo info)
    {
        var fields = info.Modelled.SelectMany(column => column.Fields).OrderBy(field => field.Start).ToList();
        var parts = new List<(string, int, VaeLikelihood)>();
        foreach (var (group, name, likelihood) in new (int, string, VaeLikelihood)[]
        {
            (0, "(numbers)", VaeLikelihood.GaussianPerFeature),
            (1, "(flags)", VaeLikelihood.Bernoulli),
            (2, "(counts)", VaeLikelihood.Poisson),
            (3, "(dispersed counts)", VaeLikelihood.NegativeBinomial),
        })
        {
            var count = fields.Where(field => Group(field.Kind) == group).Sum(field => field.Count);
            if (count > 0)
                parts.Add((name, count, likelihood));
        }
        parts.AddRange(fields.Where(field => Group(field.Kind) == 4).Select(field
            => (field.Name, field.Count, (VaeLikelihood)Categories)));
        return VaeLikelihood.Mixed([.. parts]);
    }
}
