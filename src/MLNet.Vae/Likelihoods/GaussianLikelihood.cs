using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>N(x̂, σ²); see <see cref="VaeLikelihood.Gaussian"/>.</summary>
public sealed record GaussianLikelihood : VaeLikelihood
{
    /// <summary>Smallest σ, fixed or learned: below it a density in single precision says nothing.</summary>
    internal const double MinimumSigma = 1e-3;

    /// <summary>Largest fixed σ allowed.</summary>
    internal const double MaximumSigma = 1e3;

    /// <summary>Standard deviation in normalised units, 0.001 to 1,000; <see langword="null"/>: learned, and never below 0.001.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public double? Sigma { get; init; }

    internal override bool HasDistance => true;

    internal override string Describe() => "gaussian";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => Sigma is { } sigma ? new FixedGaussian(features, sigma) : new LearnedGaussian(features, parameters);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (Sigma is { } sigma && !(sigma is >= MinimumSigma and <= MaximumSigma))
            yield return OptionFaults.Range(nameof(Sigma), sigma, MinimumSigma, MaximumSigma);
    }
}
