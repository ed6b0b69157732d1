namespace MLNet.Vae.Measures;

/// <summary>A factor that was checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">As given, <c>[rows]</c>.</param>
/// <param name="IsCategorical">Whether they are classes.</param>
/// <param name="Bins">The class of each row, or the bin.</param>
internal sealed record FactorColumn(string Name, double[] Values, bool IsCategorical, Binning Bins)
{
    public static FactorColumn Of(VaeFactor factor, int bins)
    {
        double[] values = [.. factor.Values];
        return new(
            factor.Name,
            values,
            factor.IsCategorical,
            factor.IsCategorical ? Binning.ByValue(values) : Binning.ByRank(values, bins)
        );
    }
}
