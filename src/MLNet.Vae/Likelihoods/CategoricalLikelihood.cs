using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>Categorical(softmax(decoder output)); see <see cref="VaeLikelihood.Categorical"/>.</summary>
public sealed record CategoricalLikelihood : VaeLikelihood
{
    private const int DefaultNegatives = 1024, MaximumNegatives = 1 << 20;

    /// <summary>
    /// For links alone (<see cref="VaeOptions.LinkEmbedding"/>): drawn in each step of training to stand for all links but a row's own, 1
    /// to 1,048,576. More make the gradient less noisy and a step longer. Where there are no more links than that, none are drawn and
    /// all are counted.
    /// </summary>
    /// <value>Default: 1,024.</value>
    public int Negatives { get; init; } = DefaultNegatives;

    /// <summary>
    /// Whether training begins with how often each category occurs, so that one that training has not is improbable from the first step on.
    /// </summary>
    internal bool StartsAtFrequencies { get; init; }

    internal override bool HasCategories => true;

    internal override bool TakesKeys => true;

    internal override int NegativesOfStep => Negatives;

    internal override string Describe() => "categorical";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => new CategoricalDensity(features, StartsAtFrequencies);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (Negatives is < 1 or > MaximumNegatives)
            yield return OptionFaults.Range(nameof(Negatives), Negatives, 1, MaximumNegatives);
        if (normalization.IsStandardization || normalization == VaeNormalization.MinMax)
        {
            yield return $"Normalization {normalization} gives values that no longer sum to 1, as those of a categorical likelihood must; "
                + "choose Auto or None";
        }
    }

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => [new OneHotCheck(start, count, part)];
}
