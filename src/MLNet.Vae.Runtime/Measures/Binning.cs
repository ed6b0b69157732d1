namespace MLNet.Vae.Measures;

/// <summary>Rows by bin: <c>Of[row]</c> is from 0 to <c>Count</c> − 1.</summary>
internal sealed record Binning(int[] Of, int Count)
{
    /// <summary>−Σ p ln p over the bins, nats.</summary>
    public double Entropy
    {
        get
        {
            var counts = new double[Count];
            foreach (var bin in Of)
                counts[bin]++;
            return counts.Where(count => count > 0).Sum(count => -(count / Of.Length) * Math.Log(count / Of.Length));
        }
    }

    /// <summary>A bin for each value.</summary>
    public static Binning ByValue(double[] values)
    {
        var distinct = values.Distinct().Order().ToArray();
        return new([.. values.Select(value => Array.BinarySearch(distinct, value))], distinct.Length);
    }

    /// <summary>
    /// Bins of as many rows each, in the order of the values; equal values share one. The order turned about gives the same bins, so that
    /// the sign of a dimension does not matter; only what lies exactly in the middle of an even number of bins has to fall to one side. Of
    /// no more values than bins, each has its own.
    /// </summary>
    public static Binning ByRank(double[] values, int bins)
    {
        var rows = values.Length;
        var order = Enumerable.Range(0, rows).OrderBy(row => values[row]).ToArray();
        var distinct = 1 + Enumerable.Range(1, rows - 1).Count(i => values[order[i]] != values[order[i - 1]]);
        if (distinct <= bins)
            return ByValue(values);
        var binOf = new int[rows];
        for (var (start, end) = (0, 0); start < rows; start = end)
        {
            while (end < rows && values[order[end]] == values[order[start]])
                end++;
            var bin = OfMidRank((long)start + end, rows, bins);
            for (var i = start; i < end; i++)
                binOf[order[i]] = bin;
        }
        return new(binOf, bins);
    }

    /// <summary>⌊rank · bins / rows⌋ of twice the rank, and on an edge the bin farther from the middle.</summary>
    private static int OfMidRank(long twiceRank, int rows, int bins)
    {
        var (bin, rest) = Math.DivRem(twiceRank * bins, 2L * rows);
        return (int)(rest == 0 && twiceRank < rows ? bin - 1 : bin);
    }
}
