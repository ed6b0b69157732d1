using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Bernoulli(sigmoid(decoder output)); see <see cref="VaeLikelihood.Bernoulli"/>.</summary>
public sealed record BernoulliLikelihood : VaeLikelihood
{
    internal override string Describe() => "bernoulli";

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new BernoulliDensity(features);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (normalization.IsStandardization)
        {
            yield return $"Normalization {normalization} gives values outside [0, 1], which a Bernoulli likelihood cannot have; "
                + "choose Auto, None or MinMax";
        }
    }

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => normalization == VaeNormalization.MinMax ? [] : [new UnitIntervalCheck(start, count, part)];
}
