namespace MLNet.Vae;

/// <summary>N(x̂, diag σ²), x̂ and σ both given by the decoder; see <see cref="VaeLikelihood.GaussianPerRow"/>.</summary>
public sealed record GaussianPerRowLikelihood : VaeLikelihood
{
    internal override string Describe() => "gaussian per row";

    internal override int? ParametersPerFeature => 2;

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;
}
