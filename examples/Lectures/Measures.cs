namespace Lectures;

/// <summary>What sections measure rows by.</summary>
internal static class Measures
{
    /// <summary>Σ (x − x̂)², mean over rows.</summary>
    public static double SquaredError(IReadOnlyList<float[]> made, IReadOnlyList<float[]> rows) =>
        made.Zip(rows, (m, row) => Distance(m, row)).Average();

    public static float[] Mean(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(row => row[j]))];

    /// <summary>Share of rows whose nearest reference row has their label.</summary>
    public static double NearestLabel(
        IReadOnlyList<float[]> rows,
        IReadOnlyList<string> labels,
        IReadOnlyList<float[]> references,
        IReadOnlyList<string> referenceLabels
    ) =>
        rows.AsParallel().AsOrdered().Select((row, i) => (Nearest(row, references), i)).Average(found =>
            referenceLabels[found.Item1] == labels[found.i] ? 1.0 : 0);

    /// <summary>Squared distance to the nearest reference row, mean over rows.</summary>
    public static double DistanceToNearest(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> references) =>
        rows.AsParallel().AsOrdered().Select(row => (double)Distance(row, references[Nearest(row, references)])).Average();

    public static int Nearest(float[] row, IReadOnlyList<float[]> references)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var i = 0; i < references.Count; i++)
        {
            if (Distance(row, references[i]) is var distance && distance < least)
            {
                (nearest, least) = (i, distance);
            }
        }
        return nearest;
    }

    private static double Distance(float[] a, float[] b)
    {
        var sum = 0f;
        for (var j = 0; j < a.Length; j++)
        {
            var difference = a[j] - b[j];
            sum += difference * difference;
        }
        return sum;
    }
}
