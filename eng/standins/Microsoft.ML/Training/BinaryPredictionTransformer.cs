using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: Loadable("BinaryPredXfer", typeof(BinaryPredictionTransformer))]

namespace Microsoft.ML.Data;

/// <summary>Adds the predicted label, score and probability of a model of two classes.</summary>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private const string Kind = "BinaryClassification";

    internal BinaryPredictionTransformer(IHostEnvironment env, TModel model, string featureColumn)
        : base(env.Register(nameof(BinaryPredictionTransformer<TModel>)), model, featureColumn, ((IBinaryModel)model).FeatureCount)
    {
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("BinaryPredXfer", typeof(BinaryPredictionTransformer));
        ctx.Writer.Write(FeatureColumnName);
        ctx.SaveModel((ICanSaveModel)Model, ModelDirectory);
    }

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        var model = (IBinaryModel)Model;
        var set = inputSchema.NextScoreSet();
        DataViewSchema.DetachedColumn Column(string name, DataViewType type) => new(name, type, AnnotationKinds.Of(builder =>
        {
            builder.AddScore(set, Kind, name);
            if (name == "Probability")
                builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        }));
        return Mapping<float>(inputSchema, row => model.Score(row),
            (Column("PredictedLabel", BooleanDataViewType.Instance), score => (ValueGetter<bool>)((ref bool value) => value = score() > 0)),
            (Column("Score", NumberDataViewType.Single), score => (ValueGetter<float>)((ref float value) => value = score())),
            (Column("Probability", NumberDataViewType.Single), score => (ValueGetter<float>)((ref float value) => value = model.Probability(score()))));
    }
}

internal static class BinaryPredictionTransformer
{
    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        => new BinaryPredictionTransformer<object>(env, context.LoadModel<object>("Model"), context.Reader.ReadString());
}
