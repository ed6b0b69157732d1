using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Categorical(softmax(decoder output)); see <see cref="VaeLikelihood.Categorical"/>.</summary>
public sealed record CategoricalLikelihood : VaeLikelihood
{
    internal override bool HasCategories => true;

    internal override string Describe() => "categorical";

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new CategoricalDensity(features);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (normalization.IsStandardization || normalization == VaeNormalization.MinMax)
        {
            yield return $"Normalization {normalization} gives values that no longer sum to 1, as those of a categorical likelihood must; "
                + "choose Auto or None";
        }
    }

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => [new OneHotCheck(start, count, part)];
}
