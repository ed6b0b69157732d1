namespace MLNet.Vae.Measures;

/// <summary>What keeps codes from being measured against factors.</summary>
internal static class MeasureFaults
{
    public static IEnumerable<string> Of(IReadOnlyList<float[]> codes, IReadOnlyList<VaeFactor> factors)
        => [.. OfCodes(codes), .. OfNames(factors), .. factors.OfType<VaeFactor>().SelectMany(factor => OfValues(factor, codes.Count))];

    private static IEnumerable<string> OfCodes(IReadOnlyList<float[]> codes)
    {
        if (codes.Count < VaeDisentanglement.MinimumRows)
            yield return MeasureMessages.TooFewRows(VaeDisentanglement.MinimumRows, codes.Count);
        if (codes.Count == 0)
            yield break;
        for (var row = 0; row < codes.Count; row++)
        {
            if (codes[row] is not { } code)
            {
                yield return MeasureMessages.NullCode(row);
                yield break;
            }
            if (code.Length != codes[0].Length)
            {
                yield return MeasureMessages.OtherLength(row, codes[0].Length, code.Length);
                yield break;
            }
            if (Array.FindIndex(code, value => !float.IsFinite(value)) is >= 0 and var dimension)
            {
                yield return MeasureMessages.NotFinite(row, dimension, code[dimension]);
                yield break;
            }
        }
        if (codes[0].Length < 2)
            yield return MeasureMessages.TooFewDimensions(codes[0].Length);
    }

    private static IEnumerable<string> OfNames(IReadOnlyList<VaeFactor> factors)
    {
        if (factors.Count < 2)
            yield return MeasureMessages.TooFewFactors(factors.Count);
        var names = new HashSet<string>();
        for (var k = 0; k < factors.Count; k++)
        {
            if (factors[k] is not { } factor)
                yield return MeasureMessages.NullFactor(k);
            else if (string.IsNullOrWhiteSpace(factor.Name))
                yield return MeasureMessages.Unnamed(k);
            else if (!names.Add(factor.Name))
                yield return MeasureMessages.SameName(factor.Name);
        }
    }

    private static IEnumerable<string> OfValues(VaeFactor factor, int rows)
    {
        var values = factor.Values;
        if (values.Length != rows)
            yield return MeasureMessages.OtherRows(factor.Name, rows, values.Length);
        if (values.Length == 0)
            yield break;
        var distinct = new HashSet<double>();
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
            {
                yield return MeasureMessages.FactorNotFinite(factor.Name, row, values[row]);
                yield break;
            }
            distinct.Add(values[row]);
        }
        if (distinct.Count == 1)
            yield return MeasureMessages.OneValue(factor.Name, values[0]);
        else if (factor.IsCategorical && distinct.Count > VaeDisentanglement.MaximumClasses)
            yield return MeasureMessages.TooManyClasses(factor.Name, VaeDisentanglement.MaximumClasses, distinct.Count);
        else if (factor.IsCategorical && distinct.Count == values.Length)
            yield return MeasureMessages.AllClassesDiffer(factor.Name);
    }
}
