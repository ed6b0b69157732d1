using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>A table of numbers, a yes or no, and a category, all of which depend on what kind of thing a row describes.</summary>
internal static class MixedTable
{
    public const int Width = 7;

    private const int Colours = 4;

    public static readonly MixedLikelihood Likelihood = VaeLikelihood.Mixed(
        ("Size", 1, VaeLikelihood.Gaussian),
        ("Readings", 1, VaeLikelihood.GaussianPerRow),
        ("Sold", 1, VaeLikelihood.Bernoulli),
        ("Colour", Colours, VaeLikelihood.Categorical));

    /// <summary>
    /// Of each part by itself, nats per row: what a model that knows only the shares and the spread pays. Numbers are standardised.
    /// </summary>
    public static Dictionary<string, double> Baseline(IReadOnlyList<float[]> rows)
    {
        var sold = rows.Average(row => (double)row[2]);
        var normal = 0.5 * Math.Log(Math.Tau * Math.E);
        return new()
        {
            ["Size"] = normal,
            ["Readings"] = normal,
            ["Sold"] = Entropy([sold, 1 - sold]),
            ["Colour"] = Entropy(Enumerable.Range(3, Colours).Select(slot => rows.Average(row => (double)row[slot]))),
        };
    }

    public static List<float[]> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(random))];
    }

    public static IDataView View(MLContext mlContext, IEnumerable<float[]> rows) => SampleData.Features(mlContext, rows, Width);

    private static float[] Row(Random random)
    {
        var kind = random.Next(3);
        var row = new float[Width];
        row[0] = (float)(170 + (20 * kind) + (5 * Training.Trainer.Normal(random)));
        row[1] = (float)((kind - 1) * 100 + Math.Pow(10, kind) * Training.Trainer.Normal(random));
        row[2] = random.NextDouble() < new[] { 0.05, 0.5, 0.95 }[kind] ? 1 : 0;
        row[3 + (random.NextDouble() < 0.8 ? kind : random.Next(Colours))] = 1;
        return row;
    }

    private static double Entropy(IEnumerable<double> shares) => shares.Sum(share => share == 0 ? 0 : -share * Math.Log(share));
}
