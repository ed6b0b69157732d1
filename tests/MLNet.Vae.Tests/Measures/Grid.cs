namespace MLNet.Vae.Tests.Measures;

/// <summary>All combinations of the values of some factors, each as often: no factor tells anything about another.</summary>
internal static class Grid
{
    /// <returns><c>[rows][factors]</c>, whole numbers from 0.</returns>
    public static int[][] Of(int repeats, params int[] sizes)
    {
        var rows = new List<int[]> { Array.Empty<int>() };
        foreach (var size in sizes)
            rows = [.. rows.SelectMany(row => Enumerable.Range(0, size).Select(value => (int[])[.. row, value]))];
        return [.. Enumerable.Repeat(rows, repeats).SelectMany(all => all)];
    }

    public static VaeFactor[] Ordered(int[][] rows)
        => [.. Enumerable.Range(0, rows[0].Length).Select(k => VaeFactor.Ordered($"factor {k}", rows.Select(row => (double)row[k])))];

    public static float[][] Codes(int[][] rows, Func<int[], double[]> code)
        => Array.ConvertAll(rows, row => Array.ConvertAll(code(row), value => (float)value));
}
