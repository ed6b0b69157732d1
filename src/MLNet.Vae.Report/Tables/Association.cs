using System.Runtime.InteropServices;

namespace MLNet.Vae.Reporting;

/// <summary>How two columns of one table go together. 0 where one of them does not vary.</summary>
internal static class Association
{
    /// <summary>Pearson's correlation over the rows in which both numbers are there, −1 to 1.</summary>
    public static double Pearson(double[] x, double[] y)
    {
        double meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
        var n = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            // Welford's update, which does not cancel where a mean is large.
            n++;
            double dx = x[i] - meanX, dy = y[i] - meanY;
            meanX += dx / n;
            meanY += dy / n;
            xx += dx * (x[i] - meanX);
            yy += dy * (y[i] - meanY);
            xy += dx * (y[i] - meanY);
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : 0;
    }

    /// <summary>Cramér's V, √(χ² / (n · (min(r, c) − 1))), 0 to 1; NaN is a category of its own.</summary>
    public static double CramersV(double[] x, double[] y)
    {
        var (ofX, ofY) = (new Dictionary<double, int>(), new Dictionary<double, int>());
        var cells = new Dictionary<(double, double), int>();
        for (var i = 0; i < x.Length; i++)
        {
            Count(ofX, x[i]);
            Count(ofY, y[i]);
            Count(cells, (x[i], y[i]));
        }

        var degrees = Math.Min(ofX.Count, ofY.Count) - 1;
        if (degrees < 1)
            return 0;
        // χ² / n = Σ n_ij² / (n_i n_j) − 1, where cells without rows add nothing.
        var sum = cells.Sum(cell => (double)cell.Value * cell.Value / ((double)ofX[cell.Key.Item1] * ofY[cell.Key.Item2]));
        return Math.Sqrt(Math.Clamp((sum - 1) / degrees, 0, 1));
    }

    /// <summary>
    /// The correlation ratio η = √(Σ_k n_k (mean_k − mean)² / Σ_i (y_i − mean)²) over the rows in which the number is there, 0 to 1; NaN is
    /// a category of its own.
    /// </summary>
    public static double CorrelationRatio(double[] categories, double[] numbers)
    {
        var present = Array.FindAll(numbers, number => !double.IsNaN(number));
        if (present.Length == 0)
            return 0;
        var mean = present.Average();
        var total = present.Sum(number => (number - mean) * (number - mean));
        var groups = new Dictionary<double, (int Rows, double Sum)>();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i]))
                continue;
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, categories[i], out _);
            group = (group.Rows + 1, group.Sum + numbers[i] - mean);
        }

        var between = groups.Values.Sum(group => group.Sum * group.Sum / group.Rows);
        return total > 0 ? Math.Sqrt(Math.Clamp(between / total, 0, 1)) : 0;
    }

    private static void Count<T>(Dictionary<T, int> counts, T key) where T : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
