using MLNet.Vae.Graphs;

namespace MLNet.Vae.Data;

/// <summary>How the encoder reads features that the likelihood sees otherwise: (f(x) − offset) / scale, f(x) = ln(1 + x) or x.</summary>
/// <param name="Log1p">Whether ln(1 + x) is taken, <c>[features]</c>.</param>
/// <param name="Scaling">Of f(x), <c>[features]</c>.</param>
internal sealed record InputScaling(bool[] Log1p, FeatureScaling Scaling)
{
    /// <summary>f(x) of one feature.</summary>
    public static float Transformed(float value, bool log1p) => log1p ? float.LogP1(value) : value;
}
