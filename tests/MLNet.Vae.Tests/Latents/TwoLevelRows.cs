using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Rows with a structure of two levels: a point on a closed curve in four dimensions, blurred, seen from twenty sides.</summary>
internal static class TwoLevelRows
{
    public const int Features = 20;

    private const double Blur = 0.3, Noise = 0.5;

    public static float[][] Create(int count, int seed)
    {
        var sides = new Random(0);
        var loadings = Enumerable
            .Range(0, Features)
            .Select(_ => Enumerable.Range(0, 4).Select(_ => Trainer.Normal(sides)).ToArray())
            .ToArray();
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var angle = random.NextDouble() * Math.Tau;
            double[] curve = [3 * Math.Cos(angle), 3 * Math.Sin(angle), 2 * Math.Cos(2 * angle), 2 * Math.Sin(3 * angle)];
            var blurred = curve.Select(v => v + Blur * Trainer.Normal(random)).ToArray();
            return loadings.Select(w => (float)(w.Zip(blurred, (a, b) => a * b).Sum() + Noise * Trainer.Normal(random))).ToArray();
        })];
    }
}
