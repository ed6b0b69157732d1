using MLNet.Vae.Noise;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(z) = N(z_L; 0, I) Π N(z_l; mean(z_{l+1}), diag σ(z_{l+1})²), from the top down, one run for each level below the top.
/// </summary>
/// <param name="levels">Dimensions of each level, from the one next to the data up.</param>
/// <param name="moments">Of each level from the level above.</param>
internal sealed class HierarchicalPrior(IReadOnlyList<int> levels, PriorMoments moments) : LatentPrior
{
    public override float[][] Sample(int count, GenerationNoise noise, float[][]? conditions) =>
        FromUnits(noise.Latent(count, levels.Sum()), conditions);

    public override float[][] FromUnits(float[][] units, float[][]? conditions)
    {
        // The top is in units of itself; a level is read only once it is a code.
        float[][] codes = [.. units.Select(u => (float[])u.Clone())];
        var end = levels.Sum() - levels[^1];
        for (var level = levels.Count - 2; level >= 0; level--)
        {
            var start = end - levels[level];
            var (mean, logSigma) = moments(codes, conditions);
            for (var i = 0; i < codes.Length; i++)
                Shifted(units[i].AsSpan(start..end), mean[i].AsSpan(start..end), logSigma[i].AsSpan(start..end)).CopyTo(codes[i], start);
            end = start;
        }
        return codes;
    }

    public override float[][] ToUnits(float[][] codes, float[][]? conditions)
    {
        var (mean, logSigma) = moments(codes, conditions);
        return [.. codes.Select((z, i) => InUnits(z, mean[i], logSigma[i]))];
    }
}
