namespace MLNet.Vae.Tests;

/// <summary>Rows that a likelihood gives a probability to, made of any others.</summary>
internal static class PossibleRows
{
    /// <summary>Counts and a category in place of what is none.</summary>
    public static float[] Of(VaeLikelihood likelihood, float[] row)
    {
        var slots = Enumerable.Range(0, row.Length).Where(j => likelihood.OfSlot(j) is CategoricalLikelihood).ToArray();
        var largest = slots.Length == 0 ? -1 : slots.MaxBy(j => row[j]);
        return [.. row.Select((value, j) => likelihood.OfSlot(j) switch
        {
            PoissonLikelihood or NegativeBinomialLikelihood => MathF.Round(2 * value),
            CategoricalLikelihood => j == largest ? 1 : 0,
            _ => value,
        })];
    }
}
