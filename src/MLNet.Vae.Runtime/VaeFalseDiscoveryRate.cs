using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>Which rows of a batch to report so that few of them are false alarms.</summary>
/// <remarks>
/// A threshold bounds how many normal rows are flagged, which may be all that is flagged; this bounds the share of normal ones among the
/// rows that are reported.
/// </remarks>
public static class VaeFalseDiscoveryRate
{
    /// <summary>
    /// The rows to report of a batch: those whose p-value is at most rank · <paramref name="rate"/> / n for the largest rank that has one
    /// (Benjamini and Hochberg 1995). Of the rows reported, no more than the share of <paramref name="rate"/> is normal in the mean; for
    /// p-values that were calibrated on the same rows, as those of a model are, shown by Bates et al. 2023.
    /// </summary>
    /// <param name="pValues">Of each row of the batch, <see cref="VaeColumns.PValue"/>, above 0 and at most 1.</param>
    /// <param name="rate">The share of false alarms allowed among the rows reported, above 0 and below 1.</param>
    /// <returns>Of each row whether to report it, in the order given.</returns>
    /// <remarks>
    /// The least p-value that there can be is 1 / (calibration rows + 1): to report a single row of n takes n / <paramref name="rate"/>
    /// calibration rows or more.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="pValues"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate or a p-value is out of range.</exception>
    public static IReadOnlyList<bool> Control(IReadOnlyList<float> pValues, double rate)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (!(rate is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, ScoringMessages.FalseDiscoveryRate());
        for (var i = 0; i < pValues.Count; i++)
        {
            if (!(pValues[i] is > 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(pValues), pValues[i], ScoringMessages.NoPValue(i));
        }
        float[] sorted = [.. pValues.Order()];
        var rank = sorted.Length;
        // In single precision, as p-values are: one that lies on the line may have been rounded to just above it.
        while (rank > 0 && sorted[rank - 1] > (float)(rank * rate / sorted.Length))
            rank--;
        return [.. pValues.Select(p => rank > 0 && p <= sorted[rank - 1])];
    }
}
