namespace MLNet.Vae.Generation;

/// <summary>Codes in regular order: ways from one point to another in equal steps, both ends included, and grids.</summary>
internal static class CodePath
{
    // Below it sin(tΩ) / sin Ω loses its digits, and the sphere is as good as flat.
    private const double SmallestSine = 1e-6;

    /// <summary>(1 − t)·a + t·b.</summary>
    public static float[][] Linear(float[] a, float[] b, int steps) => Points(a, b, steps, t => (1 - t, t));

    /// <summary>
    /// sin((1 − t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b, Ω the angle between a and b (Shoemake 1985; White 2016): between points of one length
    /// it keeps that length, as samples of a Gaussian of many dimensions do. Where Ω is about 0 or π, or undefined, the straight line.
    /// </summary>
    public static float[][] Spherical(float[] a, float[] b, int steps)
    {
        var angle = Math.Acos(Math.Clamp(Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)), -1, 1));
        var sine = Math.Sin(angle);
        return sine > SmallestSine
            ? Points(a, b, steps, t => (Math.Sin((1 - t) * angle) / sine, Math.Sin(t * angle) / sine))
            : Linear(a, b, steps);
    }

    private static float[][] Points(float[] a, float[] b, int steps, Func<double, (double A, double B)> weights)
        => [.. Enumerable.Range(0, steps).Select(step =>
        {
            var (ofA, ofB) = weights((double)step / (steps - 1));
            return a.Zip(b, (x, y) => (float)((ofA * x) + (ofB * y))).ToArray();
        })];

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    /// <summary>A point with one dimension at values in equal steps, both ends included.</summary>
    public static float[][] Along(float[] point, int dimension, double from, double to, int steps)
    {
        var line = new float[steps][];
        for (var step = 0; step < steps; step++)
        {
            line[step] = [.. point];
            line[step][dimension] = (float)(from + (to - from) * step / (steps - 1));
        }
        return line;
    }

    /// <summary>Equal steps over what one dimension of codes is, but for a hundredth at either end.</summary>
    public static double[] Range(float[][] codes, int dimension, int steps)
    {
        const double Tail = 0.01;
        float[] sorted = [.. codes.Select(code => code[dimension]).Order()];
        var left = (int)(Tail * (sorted.Length - 1));
        var (from, to) = ((double)sorted[left], (double)sorted[^(left + 1)]);
        return [.. Enumerable.Range(0, steps).Select(step => from + ((to - from) * step / (steps - 1)))];
    }

    /// <summary>Two dimensions of a point at all pairs of values; the first changes fastest.</summary>
    public static float[][] Grid(float[] point, (int Dimension, double[] Values) across, (int Dimension, double[] Values) down)
    {
        var grid = new float[across.Values.Length * down.Values.Length][];
        for (var i = 0; i < grid.Length; i++)
        {
            grid[i] = [.. point];
            grid[i][across.Dimension] = (float)across.Values[i % across.Values.Length];
            grid[i][down.Dimension] = (float)down.Values[i / across.Values.Length];
        }
        return grid;
    }
}
