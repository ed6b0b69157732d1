using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(k) = Π p(k_i | k_1, …, k_{i−1}) over the codes of a row, fitted after training (van den Oord, Vinyals and Kavukcuoglu 2017, section
/// 3.2).
/// </summary>
/// <param name="codebook">The entries, <c>[size][dimension]</c>.</param>
/// <param name="codes">Entries of a row.</param>
/// <param name="walk">Over them.</param>
internal sealed class AutoregressivePrior(float[][] codebook, int codes, CodeWalk walk) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions)
    {
        var uniform = new double[count][];
        for (var i = 0; i < count; i++)
            noise.Choice(i, uniform[i] = new double[codes]);
        var drawn = walk.Run(count, conditions, (row, code, logits) => Drawn(logits, uniform[row][code]));
        return [.. drawn.Select(row => row.SelectMany(number => codebook[number]).ToArray())];
    }

    public override float[][] FromUnits(float[][] units, float[][]? conditions) => throw NoUnits();

    public override float[][] ToUnits(float[][] codes, float[][]? conditions) => throw NoUnits();

    /// <summary>By inversion of the distribution function of softmax(logits).</summary>
    internal static int Drawn(float[] logits, double uniform)
    {
        double largest = logits.Max();
        var left = uniform * logits.Sum(logit => Math.Exp(logit - largest));
        for (var i = 0; i < logits.Length; i++)
        {
            left -= Math.Exp(logits[i] - largest);
            if (left < 0)
                return i;
        }
        // Rounding may leave a rest behind the last one.
        return Array.IndexOf(logits, (float)largest);
    }

    // The generator refuses before it comes to this.
    private static NotSupportedException NoUnits() => new("A codebook has no units.");
}
