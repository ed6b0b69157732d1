using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>N(sigmoid(decoder output), σ²); see <see cref="VaeLikelihood.GaussianUnitInterval"/>.</summary>
public sealed record GaussianUnitIntervalLikelihood : VaeLikelihood
{
    /// <summary>Standard deviation in normalised units, 0.001 to 1,000; <see langword="null"/>: learned, and never below 0.001.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public double? Sigma { get; init; }

    internal override string Describe() => "gaussian in the unit interval";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => new SigmoidMean(new GaussianLikelihood { Sigma = Sigma }.Create(features, parameters));

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        foreach (var fault in new GaussianLikelihood { Sigma = Sigma }.Faults(normalization))
            yield return fault;
        if (normalization.IsStandardization)
        {
            yield return $"Normalization {normalization} gives values outside [0, 1], which a sigmoid cannot give; "
                + "choose Auto, None or MinMax";
        }
    }

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => normalization == VaeNormalization.MinMax
            ? []
            : [new UnitIntervalCheck(start, count, part) { Model = "a Gaussian likelihood of the unit interval", HasDensityBeyond = true }];
}
