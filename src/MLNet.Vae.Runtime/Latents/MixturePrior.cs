using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>
/// Σ_c π_c N(μ_c, diag σ_c²). Its units are those of the normal distribution with the mean and variance that the mixture has in each
/// dimension.
/// </summary>
internal sealed class MixturePrior : LatentPrior
{
    private readonly IReadOnlyList<VaeMixtureComponent> _components;
    private readonly double[] _cumulative;
    private readonly float[] _mean;
    private readonly float[] _logSigma;

    public MixturePrior(IReadOnlyList<VaeMixtureComponent> components)
    {
        _components = components;
        var sum = components.Sum(component => component.Weight);
        _cumulative = new double[components.Count];
        var total = 0.0;
        for (var c = 0; c < _cumulative.Length; c++)
            _cumulative[c] = total += components[c].Weight / sum;
        _cumulative[^1] = 1;

        _mean = new float[components[0].Mean.Count];
        _logSigma = new float[_mean.Length];
        for (var i = 0; i < _mean.Length; i++)
        {
            var mean = components.Sum(c => c.Weight / sum * c.Mean[i]);
            var variance = components.Sum(c => c.Weight / sum * (Math.Exp(2 * c.LogSigma[i]) + ((c.Mean[i] - mean) * (c.Mean[i] - mean))));
            (_mean[i], _logSigma[i]) = ((float)mean, (float)(Math.Log(variance) / 2));
        }
    }

    /// <summary>A component by its weight, then its normal distribution.</summary>
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions)
    {
        var samples = noise.Latent(count, _mean.Length);
        Span<double> choice = stackalloc double[1];
        for (var i = 0; i < count; i++)
        {
            noise.Choice(i, choice);
            var uniform = choice[0];
            var component = _components[Array.FindIndex(_cumulative, end => uniform < end)];
            for (var j = 0; j < _mean.Length; j++)
                samples[i][j] = (float)(component.Mean[j] + (Math.Exp(component.LogSigma[j]) * samples[i][j]));
        }
        return samples;
    }

    public override float[][] FromUnits(float[][] units, float[][]? conditions) => [.. units.Select(u => Shifted(u, _mean, _logSigma))];

    public override float[][] ToUnits(float[][] codes, float[][]? conditions) => [.. codes.Select(z => InUnits(z, _mean, _logSigma))];
}
