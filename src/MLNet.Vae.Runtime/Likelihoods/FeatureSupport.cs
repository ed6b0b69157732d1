using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// The values of consecutive features, in the user's units, that a likelihood gives a probability to. Training and scoring judge rows by
/// it; it travels with the model. A new likelihood with bounds has one here.
/// </summary>
/// <param name="Start">First slot.</param>
/// <param name="Count">Slots.</param>
/// <param name="Part">What they are called, where they are a part of the column.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UnitIntervalSupport), "unitInterval")]
[JsonDerivedType(typeof(CategorySupport), "category")]
[JsonDerivedType(typeof(CountSupport), "count")]
[JsonDerivedType(typeof(SequenceSupport), "sequence")]
internal abstract record FeatureSupport(int Start, int Count, string? Part)
{
    /// <param name="row">Features of a row, all finite.</param>
    /// <returns>What lies outside; <see langword="null"/>: nothing.</returns>
    public abstract SupportFault? FaultOf(ReadOnlySpan<float> row);

    /// <summary>What a model asks of features that it scores; models of earlier versions say it by the likelihood's name alone.</summary>
    public static IReadOnlyList<FeatureSupport> Of(VaeModelInfo info) => info switch
    {
        { HasScore: false } => [],
        { Support: { } support } => support,
        { Likelihood: "bernoulli", Normalization: "none" } => [new UnitIntervalSupport(0, info.FeatureCount, null)],
        { Likelihood: "categorical" } => [new CategorySupport(0, info.FeatureCount, null)],
        { Likelihood: "poisson" or "negative binomial" } => [new CountSupport(0, info.FeatureCount, null)],
        _ => [],
    };

    private protected static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
