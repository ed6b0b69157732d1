using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>N(0, I).</summary>
internal sealed class StandardPrior(int length) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions) => noise.Latent(count, length);

    public override float[][] FromUnits(float[][] units, float[][]? conditions) => units;

    public override float[][] ToUnits(float[][] codes, float[][]? conditions) => codes;
}
