namespace MLNet.Vae.Reporting;

/// <summary>
/// Gower's distance (1971) to rows of a table: of numbers |Δ| / range of that table, at most 1; of categories 0 or 1; the mean over
/// columns. A missing value is at 0 from a missing one and at 1 from any other.
/// </summary>
internal sealed class GowerDistance
{
    private readonly bool[] _isCategory;
    private readonly double[] _ranges;
    private readonly double[] _rows;

    public GowerDistance(IReadOnlyList<TableColumn> columns, TableValues table)
    {
        var width = columns.Count;
        _ranges = new double[width];
        _isCategory = new bool[width];
        for (var c = 0; c < width; c++)
        {
            var numbers = columns[c].IsNumber ? Array.FindAll(table.Values[c], value => !double.IsNaN(value)) : [];
            _ranges[c] = numbers.Length == 0 ? 0 : numbers.Max() - numbers.Min();
            // A number that is always the same is equal or not.
            _isCategory[c] = !(_ranges[c] > 0);
        }

        // Row by row, as rows are compared.
        _rows = new double[(long)table.Rows * width];
        for (var row = 0; row < table.Rows; row++)
            table.Read(row, _rows.AsSpan(row * width, width));
    }

    /// <summary>Distance from each row, <c>[columns]</c> each, to the closest row of the table, 0 to 1.</summary>
    public double[] Closest(IReadOnlyList<double[]> rows)
    {
        var distances = new double[rows.Count];
        Parallel.For(0, rows.Count, row => distances[row] = Closest(rows[row]));
        return distances;
    }

    private double Closest(double[] row)
    {
        var width = row.Length;
        var least = double.PositiveInfinity;
        for (var start = 0; start < _rows.Length && least > 0; start += width)
        {
            var sum = 0.0;
            // Left as soon as it is no longer the closest.
            for (var c = 0; c < width && sum < least; c++)
                sum += Part(c, row[c], _rows[start + c]);
            least = Math.Min(least, sum);
        }

        return least / width;
    }

    private double Part(int column, double one, double other)
    {
        if (_isCategory[column])
            return one.Equals(other) ? 0 : 1;
        var part = Math.Abs(one - other) / _ranges[column];
        return part <= 1 ? part : double.IsNaN(one) && double.IsNaN(other) ? 0 : 1;
    }
}
