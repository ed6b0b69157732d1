using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>N(x̂, diag σ²), x̂ and σ both given by the decoder; see <see cref="VaeLikelihood.GaussianPerRow"/>.</summary>
public sealed record GaussianPerRowLikelihood : VaeLikelihood
{
    internal override bool HasDistance => true;

    internal override string Describe() => "gaussian per row";

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new GaussianPerRow(features);

    internal override int? ParametersPerFeature => 2;

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;
}
