using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>N(mean(c), diag σ(c)²), learned from the condition.</summary>
internal sealed class ConditionalPrior(int length, PriorMoments moments) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions) =>
        FromUnits(noise.Latent(count, length), conditions);

    public override float[][] FromUnits(float[][] units, float[][]? conditions)
    {
        var (mean, logSigma) = moments(units, conditions);
        return [.. units.Select((u, i) => Shifted(u, mean[i], logSigma[i]))];
    }

    public override float[][] ToUnits(float[][] codes, float[][]? conditions)
    {
        var (mean, logSigma) = moments(codes, conditions);
        return [.. codes.Select((z, i) => InUnits(z, mean[i], logSigma[i]))];
    }
}
