namespace MLNet.Vae.Data;

/// <summary>How the encoder reads a feature.</summary>
/// <param name="Scaling">
/// Of the feature or, with <paramref name="Log1p"/>, of ln(1 + feature); never <see cref="VaeNormalization.Auto"/>.
/// </param>
/// <param name="Log1p">Whether ln(1 + feature) is taken first, as suits counts, which are from 0 and skewed.</param>
internal readonly record struct InputNormalization(VaeNormalization Scaling, bool Log1p = false);
