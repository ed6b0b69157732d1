namespace MLNet.Vae.Reporting;

/// <summary>All that a report holds of the data: no more than <see cref="VaeReportOptions.RowLimit"/> rows.</summary>
internal sealed class ReportRows
{
    public required RowSelection Selection { get; init; }

    /// <summary>n, rows that could be scored.</summary>
    public required int Count { get; init; }

    /// <summary>Rows scored, of which <see cref="Count"/> are kept.</summary>
    public required long Read { get; init; }

    /// <summary>Those of them that could not be: they hold NaN, infinity or a missing key.</summary>
    public required long LeftOut { get; init; }

    /// <summary>What is of the columns of a table; <see langword="null"/>: the model is of a vector of features.</summary>
    public ReportedTable? Table { get; init; }

    /// <summary>Their numbers in the data, counted from 0, <c>[n]</c>.</summary>
    public required long[] Numbers { get; init; }

    /// <summary>Posterior means, <c>[n, L]</c>.</summary>
    public required float[] Embedding { get; init; }

    /// <summary>Natural log of the posterior's standard deviation, <c>[n, L]</c>.</summary>
    public float[]? LogSigma { get; init; }

    /// <summary><c>[n]</c>.</summary>
    public float[]? Score { get; init; }

    /// <summary>The most probable component, <c>[n]</c>.</summary>
    public int[]? Component { get; init; }

    /// <summary>Entries of the codebook, counted from 0, <c>[n, codes]</c>.</summary>
    public int[]? Codes { get; init; }

    /// <summary>Of a key the place of its value, <c>[n, 1]</c>; else the values, <c>[n, C]</c>.</summary>
    public float[]? Condition { get; init; }

    /// <summary><c>[n, D]</c>; <see langword="null"/> where that is too much to put into a page.</summary>
    public float[]? Features { get; init; }

    /// <summary>Whether the row is an anomaly, <c>[n]</c>; <see langword="null"/>: it has no label.</summary>
    public bool?[]? Label { get; init; }

    public required IReadOnlyList<ColorValues> Colors { get; init; }

    /// <summary>Of the features; <see langword="null"/> of a table, whose features are no columns.</summary>
    public required FeatureStatistics? Statistics { get; init; }

    /// <summary>Highest score first.</summary>
    public required IReadOnlyList<ReportedRow> Worst { get; init; }

    /// <summary>Evenly taken.</summary>
    public required IReadOnlyList<ReportedRow> Examples { get; init; }

    /// <summary>Of the posterior mean, over the rows, <c>[L]</c>.</summary>
    public double[] EmbeddingVariance()
    {
        var width = Embedding.Length / Count;
        var variance = new double[width];
        for (var l = 0; l < width; l++)
        {
            double mean = 0, squares = 0;
            for (var row = 0; row < Count; row++)
            {
                var value = Embedding[(row * width) + l];
                var before = value - mean;
                mean += before / (row + 1);
                squares += before * (value - mean);
            }

            variance[l] = squares / Count;
        }

        return variance;
    }
}
