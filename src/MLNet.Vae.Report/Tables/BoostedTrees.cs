using Microsoft.ML;
using Microsoft.ML.Data;
using TreeModel = Microsoft.ML.Data.BinaryPredictionTransformer<
    Microsoft.ML.Calibrators.CalibratedModelParametersBase<
        Microsoft.ML.Trainers.FastTree.FastTreeBinaryModelParameters,
        Microsoft.ML.Calibrators.PlattCalibrator
    >
>;

namespace MLNet.Vae.Reporting;

/// <summary>FastTree with its defaults, which learns to tell rows that are marked from others.</summary>
internal sealed class BoostedTrees
{
    private readonly MLContext _mlContext;
    private readonly TreeFeatures _features;
    private readonly TreeModel? _model;

    /// <param name="features">What is read of a row.</param>
    /// <param name="rows">Rows that train.</param>
    /// <param name="isMarked">Of each of them; where all are alike, nothing is learned.</param>
    /// <param name="seed">Of the trees.</param>
    public BoostedTrees(TreeFeatures features, IReadOnlyList<TableRow> rows, Func<TableRow, bool> isMarked, int seed)
    {
        (_features, _mlContext) = (features, new MLContext(seed));
        if (rows.Select(isMarked).Distinct().Take(2).Count() < 2)
            return;
        _model = _mlContext.BinaryClassification.Trainers.FastTree(nameof(Example.Label), nameof(Example.Features))
            .Fit(View(rows, isMarked));
    }

    /// <summary>The probability that a row is marked, by the rows that trained; of each the same where these were all alike.</summary>
    public float[] Of(IReadOnlyList<TableRow> rows)
    {
        if (_model is null)
            return new float[rows.Count];
        var scored = _model.Transform(View(rows, _ => false));
        return [.. scored.GetColumn<float>("Probability")];
    }

    private IDataView View(IReadOnlyList<TableRow> rows, Func<TableRow, bool> isMarked)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _features.Width);
        return _mlContext.Data.LoadFromEnumerable(
            rows.Select(row => new Example { Features = _features.Of(row), Label = isMarked(row) }),
            schema
        );
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
