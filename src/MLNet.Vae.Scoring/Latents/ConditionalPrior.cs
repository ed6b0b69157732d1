using MLNet.Vae.Generation;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Latents;

/// <summary>N(mean(c), diag σ(c)²), learned from the condition.</summary>
internal sealed class ConditionalPrior(int length, ModelRuns runs) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions) => FromUnits(noise.Latent(count, length), conditions);

    public override float[][] FromUnits(float[][] units, float[][]? conditions)
    {
        var (mean, logSigma) = runs.Prior(units, conditions);
        return [.. units.Select((u, i) => Shifted(u, mean[i], logSigma[i]))];
    }

    public override float[][] ToUnits(float[][] codes, float[][]? conditions)
    {
        var (mean, logSigma) = runs.Prior(codes, conditions);
        return [.. codes.Select((z, i) => Standardised(z, mean[i], logSigma[i]))];
    }
}
