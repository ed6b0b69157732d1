namespace MLNet.Vae.Measures;

/// <summary>
/// The best that thresholds on one dimension do at telling classes: the line is cut into at most as many stretches as there are classes,
/// each stretch is given a class, and the accuracy is the mean over the classes of the share told right. The
/// optimum is found exactly, by dynamic programming from the lowest value up.
/// </summary>
internal static class ThresholdAccuracy
{
    public static double Of(double[] values, Binning classes)
    {
        var count = classes.Count;
        var weight = new double[count];
        foreach (var c in classes.Of)
            weight[c]++;
        for (var c = 0; c < count; c++)
            weight[c] = 1 / (weight[c] * count);

        // best[s, c]: most weight told right so far, where the last of s + 1 stretches has class c.
        var (best, reached) = (new double[count, count], new double[count]);
        var order = Enumerable.Range(0, values.Length).OrderBy(row => values[row]).ToArray();
        var gain = new double[count];
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            // A threshold lies between values, never between equal ones.
            Array.Clear(gain);
            for (; end < order.Length && values[order[end]] == values[order[start]]; end++)
                gain[classes.Of[order[end]]] += weight[classes.Of[order[end]]];
            for (var s = 0; s < count; s++)
            {
                reached[s] = double.NegativeInfinity;
                for (var c = 0; c < count; c++)
                    reached[s] = Math.Max(reached[s], best[s, c]);
            }
            for (var s = 0; s < count; s++)
            {
                for (var c = 0; c < count; c++)
                    best[s, c] = gain[c] + (s == 0 ? best[s, c] : Math.Max(best[s, c], reached[s - 1]));
            }
        }
        return best.Cast<double>().Max();
    }
}
