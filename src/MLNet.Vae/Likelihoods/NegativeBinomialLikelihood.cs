using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Negative binomial of mean exp(decoder output), dispersion learned; see <see cref="VaeLikelihood.NegativeBinomial"/>.</summary>
public sealed record NegativeBinomialLikelihood : VaeLikelihood
{
    /// <summary>
    /// Whether each feature has a dispersion r of its own; else there is one for all. Learned, from 1 on, between 4.5e-5 and 22,000.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool DispersionPerFeature { get; init; } = true;

    internal override string Describe() => "negative binomial";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => new NegativeBinomialDensity(features, DispersionPerFeature ? features : 1, parameters);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override InputNormalization AutomaticInput => Counts.Input;

    internal override IEnumerable<string> Faults(VaeNormalization normalization) => Counts.Faults("negative binomial", normalization);

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => [new CountCheck(start, count, part, "negative binomial", Counts.Largest)];
}
