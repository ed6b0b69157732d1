using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(z). In units of the prior a code is u with u ~ N(0, I) where z ~ p(z): what a grid, a traversal or a path over a sphere is laid out
/// in, whatever the model has learned.
/// </summary>
internal abstract class LatentPrior
{
    /// <summary>z ~ p(z), <c>[count][L]</c>.</summary>
    public abstract float[][] Sample(int count, GenerationNoise noise, float[][]? conditions);

    /// <summary>Codes from units of the prior, <c>[n][L]</c>.</summary>
    public abstract float[][] FromUnits(float[][] units, float[][]? conditions);

    /// <summary>The inverse of <see cref="FromUnits"/>.</summary>
    public abstract float[][] ToUnits(float[][] codes, float[][]? conditions);

    /// <summary>mean + σ·u, of values side by side.</summary>
    protected static float[] Shifted(ReadOnlySpan<float> u, ReadOnlySpan<float> mean, ReadOnlySpan<float> logSigma)
    {
        var z = new float[u.Length];
        for (var i = 0; i < z.Length; i++)
            z[i] = (float)(mean[i] + (Math.Exp(logSigma[i]) * u[i]));
        return z;
    }

    /// <summary>(z − mean) / σ, of values side by side.</summary>
    protected static float[] InUnits(ReadOnlySpan<float> z, ReadOnlySpan<float> mean, ReadOnlySpan<float> logSigma)
    {
        var u = new float[z.Length];
        for (var i = 0; i < u.Length; i++)
            u[i] = (float)((z[i] - (double)mean[i]) / Math.Exp(logSigma[i]));
        return u;
    }
}
