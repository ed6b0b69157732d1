using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Initialization;

namespace MLNet.Vae.Tests.Training;

/// <summary>The span of some vectors.</summary>
internal sealed class Subspace
{
    private readonly List<double[]> _basis = [];

    public Subspace(IEnumerable<double[]> vectors)
    {
        // Gram and Schmidt, modified.
        foreach (var vector in vectors)
        {
            var rest = vector;
            foreach (var direction in _basis)
                rest = Without(rest, direction);
            var length = Math.Sqrt(Dot(rest, rest));
            _basis.Add([.. rest.Select(value => value / length)]);
        }
    }

    /// <summary>The largest principal angle to another subspace of the same dimension, radians: its sine is the norm of what lies outside.</summary>
    public double AngleTo(Subspace other)
    {
        var outside = _basis.Select(direction => other.Outside(direction)).ToArray();
        var n = outside.Length;
        var gram = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                gram[i, j] = Dot(outside[i], outside[j]);
        }
        return Math.Asin(Math.Min(1, Math.Sqrt(SymmetricEigen.Values(gram)[0])));
    }

    /// <summary>Squared distance per row, around the rows' mean.</summary>
    public double Error(float[][] rows)
    {
        var mean = Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(row => (double)row[j])).ToArray();
        return rows.Average(row =>
        {
            var outside = Outside([.. row.Select((value, j) => value - mean[j])]);
            return Dot(outside, outside);
        });
    }

    private double[] Outside(double[] vector) => _basis.Aggregate(vector, Without);

    private static double[] Without(double[] vector, double[] direction)
    {
        var along = Dot(direction, vector);
        return [.. vector.Zip(direction, (v, d) => v - along * d)];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
