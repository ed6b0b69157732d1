using System.Numerics;
using static System.FormattableString;

namespace MLNet.Vae;

/// <summary>Divergences between distributions, in closed form, in nats. Thread-safe; needs neither a model nor torch.</summary>
public static class VaeDivergence
{
    /// <summary>
    /// KL(N(mean₁, σ₁²) ‖ N(mean₂, σ₂²)) = ½ [((mean₁ − mean₂)/σ₂)² + (σ₁/σ₂)² − 1] − ln(σ₁/σ₂), which with N(0, 1) as the second is that
    /// of Kingma and Welling 2014, appendix B.
    /// </summary>
    /// <param name="mean1">Mean of the first, finite.</param>
    /// <param name="sigma1">Standard deviation of the first, above 0 and finite.</param>
    /// <param name="mean2">Mean of the second, finite.</param>
    /// <param name="sigma2">Standard deviation of the second, above 0 and finite.</param>
    /// <returns>Nats, 0 or above; 0 where both are the same. It is not symmetric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Gaussian(double mean1, double sigma1, double mean2 = 0, double sigma2 = 1)
    {
        Check(nameof(mean1), -1, mean1, isSigma: false);
        Check(nameof(sigma1), -1, sigma1, isSigma: true);
        Check(nameof(mean2), -1, mean2, isSigma: false);
        Check(nameof(sigma2), -1, sigma2, isSigma: true);
        return Kl(mean1, sigma1, mean2, sigma2);
    }

    /// <summary>
    /// KL(N(mean₁, diag σ₁²) ‖ N(mean₂, diag σ₂²)): the sum over dimensions of <see cref="Gaussian(double, double, double, double)"/>.
    /// </summary>
    /// <param name="mean1">Means of the first, <c>[L]</c>.</param>
    /// <param name="sigma1">Standard deviations of the first, <c>[L]</c>.</param>
    /// <param name="mean2">Means of the second, <c>[L]</c>.</param>
    /// <param name="sigma2">Standard deviations of the second, <c>[L]</c>.</param>
    /// <returns>Nats, 0 or above.</returns>
    /// <exception cref="ArgumentException">The four are not of the same length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Gaussian(
        ReadOnlySpan<double> mean1, ReadOnlySpan<double> sigma1, ReadOnlySpan<double> mean2, ReadOnlySpan<double> sigma2)
        => Sum(mean1, sigma1, mean2, sigma2);

    /// <summary>The same of numbers of single precision, such as those of an embedding.</summary>
    /// <param name="mean1">Means of the first, <c>[L]</c>.</param>
    /// <param name="sigma1">Standard deviations of the first, <c>[L]</c>: exp of a log σ column.</param>
    /// <param name="mean2">Means of the second, <c>[L]</c>.</param>
    /// <param name="sigma2">Standard deviations of the second, <c>[L]</c>.</param>
    /// <returns>Nats, 0 or above, computed in double precision.</returns>
    /// <exception cref="ArgumentException">The four are not of the same length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Gaussian(
        ReadOnlySpan<float> mean1, ReadOnlySpan<float> sigma1, ReadOnlySpan<float> mean2, ReadOnlySpan<float> sigma2)
        => Sum(mean1, sigma1, mean2, sigma2);

    private static double Sum<T>(ReadOnlySpan<T> mean1, ReadOnlySpan<T> sigma1, ReadOnlySpan<T> mean2, ReadOnlySpan<T> sigma2)
        where T : INumber<T>
    {
        if (sigma1.Length != mean1.Length || mean2.Length != mean1.Length || sigma2.Length != mean1.Length)
        {
            throw new ArgumentException(
                Invariant($"Means and standard deviations must be of one length; they are of {mean1.Length}, {sigma1.Length}, ")
                    + Invariant($"{mean2.Length} and {sigma2.Length}."),
                nameof(sigma1)
            );
        }
        var sum = 0.0;
        for (var i = 0; i < mean1.Length; i++)
        {
            var (m1, s1) = (double.CreateChecked(mean1[i]), double.CreateChecked(sigma1[i]));
            var (m2, s2) = (double.CreateChecked(mean2[i]), double.CreateChecked(sigma2[i]));
            Check(nameof(mean1), i, m1, isSigma: false);
            Check(nameof(sigma1), i, s1, isSigma: true);
            Check(nameof(mean2), i, m2, isSigma: false);
            Check(nameof(sigma2), i, s2, isSigma: true);
            sum += Kl(m1, s1, m2, s2);
        }
        return sum;
    }

    /// <summary>
    /// With d = σ₁/σ₂ − 1, (σ₁/σ₂)² − 1 = d(2 + d) and ln(σ₁/σ₂) = ln(1 + d), which lose no digits where the two σ are near.
    /// </summary>
    private static double Kl(double mean1, double sigma1, double mean2, double sigma2)
    {
        var (distance, d) = ((mean1 - mean2) / sigma2, (sigma1 - sigma2) / sigma2);
        var logRatio = d > -0.5 ? double.LogP1(d) : Math.Log(sigma1) - Math.Log(sigma2);
        return Math.Max(0, (distance * distance + d * (2 + d)) / 2 - logRatio);
    }

    private static void Check(string parameter, int index, double value, bool isSigma)
    {
        if (!double.IsFinite(value) || (isSigma && value <= 0))
        {
            var what = index < 0 ? parameter : Invariant($"{parameter}[{index}]");
            throw new ArgumentOutOfRangeException(
                parameter, Invariant($"{what} must be {(isSigma ? "above 0 and finite" : "finite")}, but is {value}."));
        }
    }
}
