namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Probabilities that sum to 1, of which one-hot vectors are the usual ones, of a categorical likelihood; or zeros alone, which is how
/// ML.NET's one-hot encoding gives a category that it has not seen.
/// </summary>
internal sealed record CategorySupport(int Start, int Count, string? Part = null) : FeatureSupport(Start, Count, Part)
{
    /// <summary>
    /// How far from 1 a sum may be: probabilities are often written with three digits; whatever else goes wrong is further off.
    /// </summary>
    public const float Tolerance = 2e-3f;

    public override SupportFault? FaultOf(ReadOnlySpan<float> row)
    {
        var sum = 0f;
        for (var slot = Start; slot < Start + Count; slot++)
        {
            if (row[slot] < 0)
                return new(slot, 1, "a value of at least 0", Number(row[slot]));
            sum += row[slot];
        }
        return sum == 0 || Math.Abs(sum - 1) <= Tolerance
            ? null
            : new(Start, Count, "values that sum to 1, or zeros for a category not seen in training", $"a sum of {Number(sum)}");
    }
}
