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

    private protected DataViewSchema.Column Features(DataViewSchema schema)
    {
        var column = schema.Find(Host, "feature", FeatureColumnName);
        return column.Type.Equals(FeatureColumnType) || (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single && vector.Size == ((VectorDataViewType)FeatureColumnType).Size)
            ? column
            : throw Host.ExceptColumn("inputSchema", "feature", FeatureColumnName, FeatureColumnType.ToString(), column.Type.ToString());
    }

    /// <summary>A getter for each active output, made of what a model computes once for a row.</summary>
    private protected sealed class Mapping<TResult>(DataViewSchema.Column features, Func<float[], TResult> predict,
        (DataViewSchema.DetachedColumn Column, Func<Func<TResult>, Delegate> Getter)[] outputs) : RowMapping
    {
        public override DataViewSchema.DetachedColumn[] Outputs => [.. outputs.Select(output => output.Column)];

        public override IEnumerable<int> Needs(Func<int, bool> active) => Enumerable.Range(0, outputs.Length).Any(active) ? [features.Index] : [];

        public override Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer)
        {
            disposer = null;
            if (!Enumerable.Range(0, outputs.Length).Any(active))
                return new Delegate[outputs.Length];
            var read = input.SingleReader(features);
            var values = new float[((VectorDataViewType)features.Type).Size];
            var done = -1L;
            TResult result = default;
            Func<TResult> current = () =>
            {
                if (done != input.Position)
                {
                    read(values);
                    result = predict(values);
                    done = input.Position;
                }
                return result;
            };
            return [.. outputs.Select((output, i) => active(i) ? output.Getter(current) : null)];
        }
    }
}
