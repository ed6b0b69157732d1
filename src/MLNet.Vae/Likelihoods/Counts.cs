using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>What likelihoods of counts have in common.</summary>
internal static class Counts
{
    public static readonly Scalar One = 1;

    // In all rows together, of a feature that was always 0.
    private const double LeastCount = 0.5;

    private static readonly Scalar Minimum = CountFormulas.LogMeanRange.Minimum, Maximum = CountFormulas.LogMeanRange.Maximum;

    /// <summary>Standardised logarithms: counts are from 0 and skewed.</summary>
    public static InputNormalization Input => new(VaeNormalization.Standardize, Log1p: true);

    /// <summary>The largest count that a mean can reach: e¹⁶, rounded down.</summary>
    public static readonly float Largest = (float)Math.Floor(Math.Exp(CountFormulas.LogMeanRange.Maximum));

    /// <summary>
    /// ln mean from the decoder's output, bounded. The gradient passes as if there were no bound (straight-through: Bengio, Léonard and
    /// Courville 2013): that of a clamp is 0 beyond it, and an output that got there would never come back.
    /// </summary>
    public static Tensor LogMean(Tensor output) => (output - output.detach()).Plus(output.clamp(Minimum, Maximum).detach());

    /// <summary>
    /// A decoder that has learned nothing gives each feature its mean; one that was always 0, that of half a count in all rows.
    /// </summary>
    public static void Start(Span<float> bias, ReadOnlySpan<double> means, long rows)
    {
        for (var j = 0; j < means.Length; j++)
        {
            bias[j] = (float)Math.Clamp(
                Math.Log(Math.Max(means[j], LeastCount / rows)),
                CountFormulas.LogMeanRange.Minimum,
                CountFormulas.LogMeanRange.Maximum
            );
        }
    }

    public static IEnumerable<string> Faults(string likelihood, VaeNormalization normalization)
    {
        if (normalization.IsStandardization || normalization == VaeNormalization.MinMax)
        {
            yield return $"Normalization {normalization} gives values that are no counts, as those of a {likelihood} likelihood must be; "
                + "choose Auto or None";
        }
    }
}
