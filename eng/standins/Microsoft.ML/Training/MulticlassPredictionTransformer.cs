using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: Loadable("MulticlassPredXfer", typeof(MulticlassPredictionTransformer))]

namespace Microsoft.ML.Data;

/// <summary>Adds the predicted label and the scores of all classes.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private const string Kind = "MulticlassClassification";

    // One column: the label seen in training, for its type and its key values.
    private readonly DataViewSchema _label;

    internal MulticlassPredictionTransformer(IHostEnvironment env, TModel model, string featureColumn, DataViewSchema label)
        : base(env.Register(nameof(MulticlassPredictionTransformer<TModel>)), model, featureColumn, ((OneVersusAllModelParameters)(object)model).FeatureCount) => _label = label;

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("MulticlassPredXfer", typeof(MulticlassPredictionTransformer));
        ctx.Writer.Write(FeatureColumnName);
        SchemaCodec.Write(ctx.Writer, _label);
        ctx.SaveModel((ICanSaveModel)Model, ModelDirectory);
    }

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        var model = (OneVersusAllModelParameters)(object)Model;
        var label = _label[0];
        var set = inputSchema.NextScoreSet();
        var size = (int)label.Type.GetKeyCount();
        var predicted = AnnotationKinds.Of(builder =>
        {
            builder.Add(label.Annotations, kind => kind == AnnotationKinds.KeyValues);
            builder.AddScore(set, Kind, "PredictedLabel");
        });
        var scored = AnnotationKinds.Of(builder =>
        {
            builder.AddScore(set, Kind, "Score");
            if (label.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) is not { Type: VectorDataViewType { ItemType: var item } type } values)
                return;
            Delegate getter = (Delegate)Generic.Call(label.Annotations.GetGetter<int>, type.RawType, values);
            builder.Add(AnnotationKinds.TrainingLabelValues, type, getter);
            if (item is TextDataViewType)
                builder.Add(AnnotationKinds.SlotNames, type, getter);
        });
        return Mapping<float[]>(inputSchema, model.Scores,
            (new("PredictedLabel", label.Type, predicted), scores => (ValueGetter<uint>)((ref uint value) => value = (uint)Array.IndexOf(scores(), scores().Max()) + 1)),
            (new("Score", new VectorDataViewType(NumberDataViewType.Single, size), scored),
                scores => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => VBuffer<float>.Copy(scores(), 0, ref value, size))));
    }
}

internal static class MulticlassPredictionTransformer
{
    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
    {
        var featureColumn = context.Reader.ReadString();
        var label = SchemaCodec.Read(context.Reader);
        return new MulticlassPredictionTransformer<OneVersusAllModelParameters>(env, context.LoadModel<OneVersusAllModelParameters>("Model"), featureColumn, label);
    }
}
