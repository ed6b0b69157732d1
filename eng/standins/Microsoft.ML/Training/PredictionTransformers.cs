using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A model of two classes; the row's features are densely given.</summary>
internal interface IBinaryModel : ICanSaveModel
{
    int FeatureCount { get; }
    float Score(ReadOnlySpan<float> features);
    float Probability(float score);
}

/// <summary>What the transformers of trained models share.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected const string ModelDirectory = "Model";

    private protected SingleFeaturePredictionTransformerBase(IHost host, TModel model, string featureColumn, int featureCount)
        : base(host)
    {
        (Model, FeatureColumnName) = (model, featureColumn);
        FeatureColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
    }

    public TModel Model { get; }
    public string FeatureColumnName { get; }
    public DataViewType FeatureColumnType { get; }

    private DataViewSchema.Column Features(DataViewSchema schema)
    {
        var column = schema.Find(Host, "feature", FeatureColumnName);
        return column.Type.Equals(FeatureColumnType) || (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == ((VectorDataViewType)FeatureColumnType).Size)
            ? column
            : throw Host.ExceptColumn("inputSchema", "feature", FeatureColumnName, FeatureColumnType.ToString(), column.Type.ToString());
    }

    private protected RowMapping Mapping<TResult>(DataViewSchema inputSchema, Func<float[], TResult> predict,
        params (DataViewSchema.DetachedColumn Column, Func<Func<TResult>, Delegate> Getter)[] outputs)
    {
        var features = Features(inputSchema);
        return new RowMapping<TResult>([features], Bind, outputs);

        Func<TResult> Bind(DataViewRow input)
        {
            var read = input.SingleReader(features);
            var values = new float[((VectorDataViewType)features.Type).Size];
            return () =>
            {
                read(values);
                return predict(values);
            };
        }
    }
}
