using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Tables;

/// <summary>
/// Imputation by chained equations (van Buuren and Groothuis-Oudshoorn 2011), single and by conditional means as scikit-learn's
/// IterativeImputer does it: each column with holes is regressed on all others, over and over. Linear regression with a little shrinkage
/// for numbers and ranks, multinomial logistic regression for categories.
/// </summary>
internal sealed class ChainedEquations
{
    private const int Rounds = 10;
    private const double Ridge = 1;

    private readonly HiddenTable _table;
    private readonly double[][] _filled;
    private readonly double[][] _categories;

    private ChainedEquations(HiddenTable table)
    {
        _table = table;
        double[] centres = [.. Enumerable.Range(0, table.Columns).Select(table.Centre)];
        _filled = [.. Enumerable.Range(0, table.Rows).Select(row => Enumerable.Range(0, table.Columns)
            .Select(column => table.Known(row, column) ?? centres[column]).ToArray())];
        _categories = [.. Enumerable.Range(0, table.Columns).Select(column => table.IsCategory(column)
            ? _filled.Select(row => row[column]).Distinct().Order().ToArray()
            : [])];
    }

    /// <returns>The table without holes, by rows.</returns>
    public static double[][] Fill(HiddenTable table, Action<int> progress)
    {
        var chain = new ChainedEquations(table);
        var columns = Enumerable.Range(0, table.Columns).Select(column => (Column: column, Holes: chain.Holes(column)))
            .Where(column => column.Holes.Length > 0).OrderBy(column => column.Holes.Length).ToArray();
        for (var round = 1; round <= Rounds; round++)
        {
            progress(round);
            foreach (var (column, holes) in columns)
                chain.Regress(column, holes);
        }
        return chain._filled;
    }

    private int[] Holes(int column)
        => [.. Enumerable.Range(0, _table.Rows).Where(row => _table.Known(row, column) is null)];

    private void Regress(int column, int[] holes)
    {
        var inputs = Inputs(column);
        int[] known = [.. Enumerable.Range(0, _table.Rows).Except(holes)];
        if (_table.IsCategory(column))
        {
            Classify(column, inputs, known, holes);
            return;
        }
        var mean = known.Average(row => _filled[row][column]);
        var x = Matrix<double>.Build.DenseOfRows(known.Select(row => inputs[row]));
        var y = Vector<double>.Build.DenseOfEnumerable(known.Select(row => _filled[row][column] - mean));
        var shrunk = x.TransposeThisAndMultiply(x) + Matrix<double>.Build.DiagonalIdentity(x.ColumnCount) * Ridge;
        var weights = shrunk.Cholesky().Solve(x.TransposeThisAndMultiply(y));
        var (least, most) = (known.Min(row => _filled[row][column]), known.Max(row => _filled[row][column]));
        foreach (var row in holes)
        {
            var value = mean + weights.DotProduct(Vector<double>.Build.Dense(inputs[row]));
            _filled[row][column] = Math.Clamp(_table.IsRank(column) ? Math.Round(value) : value, least, most);
        }
    }

    private void Classify(int column, double[][] inputs, int[] known, int[] holes)
    {
        var mlContext = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs[0].Length);
        IDataView View(int[] rows) => mlContext.Data.LoadFromEnumerable(
            rows.Select(row => new Row { Features = Array.ConvertAll(inputs[row], value => (float)value), Label = _filled[row][column] }),
            schema);
        using var model = mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 1))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(View(known));
        var answers = model.Transform(View(holes)).GetColumn<double>("PredictedLabel").ToArray();
        for (var i = 0; i < holes.Length; i++)
            _filled[holes[i]][column] = answers[i];
    }

    /// <summary>All other columns: numbers standardised, categories as ones among zeros.</summary>
    private double[][] Inputs(int without)
    {
        var inputs = _filled.Select(_ => new List<double>()).ToArray();
        for (var column = 0; column < _table.Columns; column++)
        {
            if (column == without)
                continue;
            var values = Array.ConvertAll(_filled, row => row[column]);
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            for (var row = 0; row < inputs.Length; row++)
            {
                if (_table.IsCategory(column))
                    inputs[row].AddRange(_categories[column].Select(category => category == values[row] ? 1.0 : 0));
                else
                    inputs[row].Add(deviation > 0 ? (values[row] - mean) / deviation : 0);
            }
        }
        return Array.ConvertAll(inputs, row => row.ToArray());
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public double Label { get; set; }
    }
}
