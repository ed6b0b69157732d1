using MLNet.Vae.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>What likelihoods of counts have in common.</summary>
internal static class Counts
{
    public static readonly Scalar One = 1;

    private static readonly Scalar Minimum = CountFormulas.LogMeanRange.Minimum, Maximum = CountFormulas.LogMeanRange.Maximum;

    /// <summary>Standardised logarithms: counts are from 0 and skewed.</summary>
    public static InputNormalization Input => new(VaeNormalization.Standardize, Log1p: true);

    /// <summary>ln mean from the decoder's output, bounded.</summary>
    public static Tensor LogMean(Tensor output) => output.clamp(Minimum, Maximum);

    public static IEnumerable<string> Faults(string likelihood, VaeNormalization normalization)
    {
        if (normalization is VaeNormalization.Standardize or VaeNormalization.MinMax)
        {
            yield return $"Normalization {normalization} gives values that are no counts, as those of a {likelihood} likelihood must be; "
                + "choose Auto or None";
        }
    }
}
