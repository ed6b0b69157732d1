using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosted trees for two classes.</summary>
public sealed class FastTreeBinaryTrainer : ITrainerEstimator<
    BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>
{
    private readonly IHost _host;
    private readonly string _label;
    private readonly string _features;
    private readonly BoostingSettings _settings;

    internal FastTreeBinaryTrainer(IHostEnvironment env, string label, string features, BoostingSettings settings)
        => (_host, _label, _features, _settings) = (env.Register("FastTreeBinaryClassification"), label, features, settings);

    public BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Fit(IDataView input)
    {
        Check(SchemaShape.Create(_host.CheckValue(input, nameof(input)).Schema));
        var (columns, labels) = Read(input);
        _host.Check(labels.Length > 0, "No valid training instances found, all instances have missing features.");
        var trees = new TreeBooster(columns, labels, _settings).Train();
        var model = new FastTreeBinaryModelParameters(columns.Length, trees);
        return new(_host, new CalibratedTrees(model, new PlattCalibrator(-_settings.ScoreScale, 0)), _features);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(_host.CheckValue(inputSchema, nameof(inputSchema)));
        SchemaShape.Column Scalar(string name, DataViewType type, params SchemaShape.Column[] more)
            => new(name, SchemaShape.Column.VectorKind.Scalar, type, false, new SchemaShape([.. AnnotationKinds.ScoreShape(), .. more]));
        return inputSchema.With(
            Scalar("Score", NumberDataViewType.Single),
            Scalar("Probability", NumberDataViewType.Single, SchemaShape.ShapeOf(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)),
            Scalar("PredictedLabel", BooleanDataViewType.Instance));
    }

    private void Check(SchemaShape schema)
    {
        if (!schema.TryFindColumn(_features, out var features))
            throw _host.ExceptColumn("inputSchema", "feature", _features);
        if (features.Kind != SchemaShape.Column.VectorKind.Vector || features.ItemType != NumberDataViewType.Single)
            throw _host.ExceptColumn("inputSchema", "feature", _features, "Vector<Single>", features.GetTypeString());
        if (!schema.TryFindColumn(_label, out var label))
            throw _host.ExceptColumn("inputSchema", "label", _label);
        if (label.Kind != SchemaShape.Column.VectorKind.Scalar || label.ItemType != BooleanDataViewType.Instance)
            throw _host.ExceptColumn("labelCol", "label", _label, "Boolean", label.GetTypeString());
    }

    private (float[][] Columns, bool[] Labels) Read(IDataView input)
    {
        var (features, label) = (input.Schema[_features], input.Schema[_label]);
        using var cursor = input.Open(features, label);
        var (read, getLabel) = (cursor.SingleReader(features), cursor.GetGetter<bool>(label));
        var columns = Enumerable.Range(0, ((VectorDataViewType)features.Type).Size).Select(_ => new List<float>()).ToArray();
        var labels = new List<bool>();
        var (row, isTrue) = (new float[columns.Length], false);
        while (cursor.MoveNext())
        {
            read(row);
            getLabel(ref isTrue);
            labels.Add(isTrue);
            for (var i = 0; i < row.Length; i++)
                columns[i].Add(row[i]);
        }
        return ([.. columns.Select(column => column.ToArray())], [.. labels]);
    }
}
