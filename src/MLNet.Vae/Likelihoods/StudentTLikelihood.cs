using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Student's t around x̂, one scale for all features; see <see cref="VaeLikelihood.StudentT"/>.</summary>
public sealed record StudentTLikelihood : VaeLikelihood
{
    /// <summary>Smallest ν allowed: the Cauchy distribution, beyond which tails say next to nothing of a location.</summary>
    internal const double MinimumDegreesOfFreedom = 1;

    /// <summary>Largest ν allowed: a Gaussian, for all that single precision can tell.</summary>
    internal const double MaximumDegreesOfFreedom = 1e6;

    /// <summary>
    /// Degrees of freedom ν, 1 to 1,000,000: the smaller, the heavier the tails; <see langword="null"/>: learned, one for all features,
    /// between 1 and 1,001.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public double? DegreesOfFreedom { get; init; }

    internal override bool HasDistance => true;

    internal override string Describe() => "student-t";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => new StudentTDensity(features, new DegreesOfFreedom(DegreesOfFreedom, parameters), parameters);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (DegreesOfFreedom is { } given && !(given is >= MinimumDegreesOfFreedom and <= MaximumDegreesOfFreedom))
            yield return OptionFaults.Range(nameof(DegreesOfFreedom), given, MinimumDegreesOfFreedom, MaximumDegreesOfFreedom);
    }
}
