using MLNet.Vae.Architectures;
using static System.FormattableString;

namespace MLNet.Vae.Initialization;

/// <summary>
/// The best linear autoencoder in closed form. With a Gaussian latent it is probabilistic PCA at maximum likelihood (Tipping and Bishop
/// 1999), whose posterior is Gaussian with the same covariance for all rows, so that a linear variational autoencoder holds it exactly
/// (Lucas et al. 2019); without a distribution it is PCA.
/// </summary>
internal static class PcaSolution
{
    /// <summary>
    /// W = U(Λ − σ²I)^½ and σ² the mean of the other eigenvalues (eqs. 7 and 8, rotation R = I), so that M = WᵀW + σ²I = Λ is diagonal;
    /// p(z | x) = N(M⁻¹Wᵀ(x − μ), σ²M⁻¹) (section 3.2).
    /// </summary>
    /// <exception cref="InvalidOperationException">There are more latent dimensions than features.</exception>
    public static LinearSolution Probabilistic(PrincipalComponents pca, int latent, double? fixedSigma)
    {
        Check(latent, pca.Features);
        var discarded = pca.Features - latent;
        // No eigenvalue is left out, or only zeros are: the density would be infinite, and σ stops at its floor.
        var sigma = fixedSigma ?? Floored(discarded == 0 ? 0 : pca.Residual(latent) / discarded);
        var variance = sigma * sigma;
        // An axis with less variance than the noise is noise: W is 0 there, and the posterior is the prior.
        var m = pca.Eigenvalues.Take(latent).Select(eigenvalue => Math.Max(eigenvalue, variance)).ToArray();
        var loadings = m.Select(value => Math.Sqrt(value - variance)).ToArray();

        // E|x − x̂|²: what lies off the axes, and σ⁴/λ along each for the posterior mean with σ²(λ − σ²)/λ for the noise in z, together σ².
        var squaredError = pca.Residual(latent) + pca.Eigenvalues.Take(latent).Sum(eigenvalue => Math.Min(eigenvalue, variance));
        var kl = m.Sum(value => Math.Log(value / variance)) / 2;
        return Solution(
            pca,
            encoderLengths: [.. loadings.Zip(m, (loading, value) => loading / value)],
            decoderLengths: loadings,
            posteriorLogSigma: [.. m.Select(value => (float)(Math.Log(variance / value) / 2))],
            sigma, squaredError, kl);
    }

    /// <summary>Code Uᵀ(x − μ), x̂ = Uz + μ; σ² the squared error per value.</summary>
    /// <exception cref="InvalidOperationException">There are more latent dimensions than features.</exception>
    public static LinearSolution Plain(PrincipalComponents pca, int latent, double? fixedSigma)
    {
        Check(latent, pca.Features);
        var residual = pca.Residual(latent);
        // Where nothing varies there is no axis, but any direction that rounding likes.
        double[] lengths = [.. pca.Eigenvalues.Take(latent).Select(eigenvalue => eigenvalue > 0 ? 1 : 0)];
        return Solution(pca, lengths, lengths, new float[latent], fixedSigma ?? Floored(residual / pca.Features), residual, kl: 0);
    }

    private static LinearSolution Solution(
        PrincipalComponents pca,
        double[] encoderLengths,
        double[] decoderLengths,
        float[] posteriorLogSigma,
        double sigma,
        double squaredError,
        double kl
    )
    {
        var (features, latent) = (pca.Features, decoderLengths.Length);
        var encoder = new DenseLayer(new float[latent * features], new float[latent]);
        var decoder = new DenseLayer(new float[features * latent], [.. pca.Mean.Select(mean => (float)mean)]);
        for (var l = 0; l < latent; l++)
        {
            var axis = pca.Axis(l);
            var centre = 0.0;
            for (var j = 0; j < features; j++)
            {
                var weight = (float)(encoderLengths[l] * axis[j]);
                encoder.Weight[l * features + j] = weight;
                decoder.Weight[j * latent + l] = (float)(decoderLengths[l] * axis[j]);
                centre += weight * pca.Mean[j];
            }
            encoder.Bias[l] = (float)-centre;
        }
        var reconstruction = features * Math.Log(2 * Math.PI * sigma * sigma) / 2 + squaredError / (2 * sigma * sigma);
        return new(encoder, posteriorLogSigma, decoder, sigma, reconstruction, kl);
    }

    private static double Floored(double variance) => Math.Max(Math.Sqrt(variance), GaussianLikelihood.MinimumSigma);

    private static void Check(int latent, int features)
    {
        if (latent > features)
        {
            throw new InvalidOperationException(
                Invariant(
                    $"{nameof(VaeInitialization)}.{nameof(VaeInitialization.ProbabilisticPca)}: {latent} latent dimensions were asked ")
                        + Invariant($"for, but a row has {features} features, and there are no more principal components than that. "
                )
                    + Invariant(
                        $"Ask for {features} dimensions at most, or set Initialization = ")
                            + Invariant($"{nameof(VaeInitialization)}.{nameof(VaeInitialization.Random)}."
                    )
            );
        }
    }
}
