using MLNet.Vae.Measures;

namespace MLNet.Vae.Reporting;

/// <summary>Associations of real rows, and how far those of other rows are from them.</summary>
internal static class AssociationComparison
{
    public static VaeTableAssociations Of(Tables tables, int seed)
    {
        var rows = tables.SharedRows;
        var columns = tables.Columns;
        var pairs = Enumerable.Range(0, columns.Count)
            .SelectMany(first => Enumerable.Range(first + 1, columns.Count - first - 1).Select(second => (first, second)))
            .ToArray();
        double[][] Sample(TableValues table) => table.Of(table.Order.AsSpan(0, rows));
        var sample = Sample(tables.Real);
        var real = Of(columns, sample, pairs);
        var heldOut = Of(columns, Sample(tables.HeldOut), pairs);
        var synthetic = Of(columns, Sample(tables.Synthetic), pairs);
        var independent = Of(columns, Shuffled(sample, seed), pairs);
        double Error(double[] other) => pairs.Length == 0 ? double.NaN : real.Zip(other, (a, b) => Math.Abs(a - b)).Average();
        return new()
        {
            Rows = rows,
            Real = Matrix(columns.Count, pairs, real),
            Synthetic = Matrix(columns.Count, pairs, synthetic),
            Error = Error(synthetic),
            HeldOutError = Error(heldOut),
            IndependentError = Error(independent),
            WorstPairs =
            [
                .. pairs.Select((pair, place) => new VaeTableAssociation
                {
                    First = columns[pair.first].Name,
                    Second = columns[pair.second].Name,
                    Measure = MeasureOf(columns[pair.first], columns[pair.second]),
                    Real = real[place],
                    Synthetic = synthetic[place],
                })
                .OrderByDescending(pair => pair.Error)
                .Take(VaeTableAssociations.MaximumPairs),
            ],
        };
    }

    private static double[] Of(IReadOnlyList<TableColumn> columns, double[][] values, (int First, int Second)[] pairs)
    {
        var associations = new double[pairs.Length];
        Parallel.For(0, pairs.Length, place =>
        {
            var (first, second) = pairs[place];
            double[] x = values[first], y = values[second];
            associations[place] = MeasureOf(columns[first], columns[second]) switch
            {
                VaeTableAssociationMeasure.Pearson => Association.Pearson(x, y),
                VaeTableAssociationMeasure.CramersV => Association.CramersV(x, y),
                _ => columns[first].IsNumber ? Association.CorrelationRatio(y, x) : Association.CorrelationRatio(x, y),
            };
        });
        return associations;
    }

    private static VaeTableAssociationMeasure MeasureOf(TableColumn first, TableColumn second) => (first.IsNumber, second.IsNumber) switch
    {
        (true, true) => VaeTableAssociationMeasure.Pearson,
        (false, false) => VaeTableAssociationMeasure.CramersV,
        _ => VaeTableAssociationMeasure.CorrelationRatio,
    };

    private static double[][] Shuffled(double[][] values, int seed)
    {
        var random = new UniformStream(seed);
        return [.. values.Select(column => Array.ConvertAll(random.Order(column.Length), row => column[row]))];
    }

    private static double[][] Matrix(int columns, (int First, int Second)[] pairs, double[] associations)
    {
        double[][] matrix = [.. Enumerable.Range(0, columns).Select(_ => new double[columns])];
        for (var column = 0; column < columns; column++)
            matrix[column][column] = 1;
        for (var place = 0; place < pairs.Length; place++)
        {
            var (first, second) = pairs[place];
            matrix[first][second] = matrix[second][first] = associations[place];
        }

        return matrix;
    }
}
