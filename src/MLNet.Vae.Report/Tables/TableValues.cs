namespace MLNet.Vae.Reporting;

/// <summary>Rows of one view as numbers.</summary>
/// <param name="View">Which: "real", "held-out" or "synthetic".</param>
/// <param name="Selection">Which rows of it.</param>
/// <param name="Values">
/// <c>[columns][rows]</c>: numbers, or places of categories among the column's names. NaN is a missing value.
/// </param>
/// <param name="Order">Rows in random order: the first n of them are a sample of n.</param>
internal sealed record TableValues(string View, RowSelection Selection, double[][] Values, int[] Order)
{
    public int Rows => Order.Length;

    /// <summary>Values of some rows, <c>[columns][rows]</c>.</summary>
    public double[][] Of(ReadOnlySpan<int> rows)
    {
        var some = new double[Values.Length][];
        for (var c = 0; c < some.Length; c++)
        {
            some[c] = new double[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                some[c][i] = Values[c][rows[i]];
        }

        return some;
    }

    public void Read(int row, Span<double> values)
    {
        for (var c = 0; c < values.Length; c++)
            values[c] = Values[c][row];
    }
}
