namespace MLNet.Vae.Tests.Generation;

/// <summary>Mean and covariance of rows, and how far chance may take them from what they should be.</summary>
internal sealed class Moments
{
    /// <summary>Of standard errors: one test in a million would fail by chance, and the seeds are fixed anyway.</summary>
    private const double Errors = 5;

    private readonly int _count;

    public Moments(IReadOnlyList<float[]> rows)
    {
        _count = rows.Count;
        var width = rows[0].Length;
        Mean = new double[width];
        Covariance = new double[width, width];
        foreach (var row in rows)
        {
            for (var i = 0; i < width; i++)
                Mean[i] += row[i] / (double)_count;
        }
        foreach (var row in rows)
        {
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++)
                    Covariance[i, j] += (row[i] - Mean[i]) * (row[j] - Mean[j]) / _count;
            }
        }
    }

    public double[] Mean { get; }

    public double[,] Covariance { get; }

    /// <summary>Of Gaussian rows: var(mean) = Σ_ii / n, var(Σ̂_ij) = (Σ_ii Σ_jj + Σ_ij²) / n.</summary>
    public void AreOfGaussian(Func<int, double> mean, Func<int, int, double> covariance)
    {
        for (var i = 0; i < Mean.Length; i++)
        {
            Near(mean(i), Mean[i], Math.Sqrt(covariance(i, i) / _count), $"mean of {i}");
            for (var j = 0; j < Mean.Length; j++)
            {
                var error = Math.Sqrt(((covariance(i, i) * covariance(j, j)) + Math.Pow(covariance(i, j), 2)) / _count);
                Near(covariance(i, j), Covariance[i, j], error, $"covariance of {i} and {j}");
            }
        }
    }

    public static void Near(double expected, double found, double standardError, string what)
    {
        var room = (Errors * standardError) + (1e-5 * Math.Max(1, Math.Abs(expected)));
        Assert.True(Math.Abs(expected - found) <= room, $"{what}: expected {expected} ± {room}, found {found}");
    }
}
