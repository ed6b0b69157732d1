using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Poisson(exp(decoder output)); see <see cref="VaeLikelihood.Poisson"/>.</summary>
public sealed record PoissonLikelihood : VaeLikelihood
{
    internal override string Describe() => "poisson";

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new PoissonDensity(features);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override InputNormalization AutomaticInput => Counts.Input;

    internal override IEnumerable<string> Faults(VaeNormalization normalization) => Counts.Faults("Poisson", normalization);

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => [new CountCheck(start, count, part, "Poisson", Counts.Largest)];
}
