using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>
/// Every entry of the codebook is as likely, for each code by itself: the prior that training assumes (van den Oord, Vinyals and
/// Kavukcuoglu 2017, section 3.2).
/// </summary>
/// <param name="codebook">The entries, <c>[size][dimension]</c>.</param>
/// <param name="codes">Entries of a row.</param>
internal sealed class CodebookPrior(float[][] codebook, int codes) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions)
    {
        var choices = new double[codes];
        var samples = new float[count][];
        for (var i = 0; i < count; i++)
        {
            noise.Choice(i, choices);
            samples[i] = [.. choices.SelectMany(choice => codebook[(int)(choice * codebook.Length)])];
        }
        return samples;
    }

    public override float[][] FromUnits(float[][] units, float[][]? conditions) => throw NoUnits();

    public override float[][] ToUnits(float[][] codes, float[][]? conditions) => throw NoUnits();

    // The generator refuses before it comes to this.
    private static NotSupportedException NoUnits() => new("A codebook has no units.");
}
