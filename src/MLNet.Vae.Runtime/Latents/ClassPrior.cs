using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>N(0, I), and beside it a class, each as likely, as 1 among zeros.</summary>
/// <param name="length">Dimensions of the normal part.</param>
/// <param name="classes">Classes.</param>
internal sealed class ClassPrior(int length, int classes) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions)
    {
        var samples = new float[count][];
        Span<double> choice = stackalloc double[1];
        for (var i = 0; i < count; i++)
        {
            samples[i] = new float[length + classes];
            noise.Latent(i, samples[i].AsSpan(0, length));
            noise.Choice(i, choice);
            samples[i][length + (int)(choice[0] * classes)] = 1;
        }
        return samples;
    }

    public override float[][] FromUnits(float[][] units, float[][]? conditions) => units;

    public override float[][] ToUnits(float[][] codes, float[][]? conditions) => codes;
}
