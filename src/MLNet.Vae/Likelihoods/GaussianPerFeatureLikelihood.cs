using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>N(x̂, diag σ²), one σ per feature; see <see cref="VaeLikelihood.GaussianPerFeature"/>.</summary>
public sealed record GaussianPerFeatureLikelihood : VaeLikelihood
{
    internal override bool HasDistance => true;

    internal override string Describe() => "gaussian per feature";

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new GaussianPerFeature(features, parameters);

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;
}
