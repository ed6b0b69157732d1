using System.Numerics;

namespace MLNet.Vae.Measures;

/// <summary>The nearest of the training rows, by Euclidean distance of normalised features.</summary>
internal sealed class NearestRows
{
    private readonly int[] _indices;
    private readonly IReadOnlyList<float>? _scale;
    private readonly IReadOnlyList<bool>? _logarithms;
    private readonly float[][] _rows;

    /// <param name="rows">Features, <c>[n][D]</c>.</param>
    /// <param name="scale">What the model divides each feature by, <c>[D]</c>; <see langword="null"/>: 1.</param>
    /// <param name="seed">Draws those that stand for all, where they are very many.</param>
    /// <param name="logarithms">Of which features ln(1 + x) is taken first, <c>[D]</c>; <see langword="null"/>: of none.</param>
    public NearestRows(IReadOnlyList<float[]> rows, IReadOnlyList<float>? scale, int seed, IReadOnlyList<bool>? logarithms = null)
    {
        (_scale, _logarithms) = (scale, logarithms);
        _indices = rows.Count <= VaePriorCoverage.MaximumTrainingRows
            ? [.. Enumerable.Range(0, rows.Count)]
            : new UniformStream(seed).Order(rows.Count)[..VaePriorCoverage.MaximumTrainingRows];
        _rows = Array.ConvertAll(_indices, index => Scaled(rows[index]));
    }

    /// <returns>For each of some rows the index of the nearest training row, and its distance.</returns>
    public (int Row, double Distance)[] Nearest(IReadOnlyList<float[]> rows)
    {
        var nearest = new (int, double)[rows.Count];
        Parallel.For(0, rows.Count, i =>
        {
            var row = Scaled(rows[i]);
            var (best, least) = (0, float.PositiveInfinity);
            for (var j = 0; j < _rows.Length; j++)
            {
                var distance = SquaredDistance(row, _rows[j]);
                if (distance < least)
                    (best, least) = (j, distance);
            }
            nearest[i] = (_indices[best], Math.Sqrt(least));
        });
        return nearest;
    }

    private float[] Scaled(float[] row) => _scale is null ? row : [.. row.Select((value, slot) => Transformed(value, slot) / _scale[slot])];

    // What is below 0, which no count is, the encoder reads as 0.
    private float Transformed(float value, int slot) => _logarithms?[slot] ?? false ? float.LogP1(Math.Max(0, value)) : value;

    private static float SquaredDistance(float[] one, float[] other)
    {
        var (sum, i) = (Vector<float>.Zero, 0);
        for (; i <= one.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(one, i) - new Vector<float>(other, i);
            sum += difference * difference;
        }
        var rest = Vector.Sum(sum);
        for (; i < one.Length; i++)
            rest += (one[i] - other[i]) * (one[i] - other[i]);
        return rest;
    }
}
