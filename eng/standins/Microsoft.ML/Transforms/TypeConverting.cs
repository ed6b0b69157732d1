using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(TypeConvertingTransformer.Signature, typeof(TypeConvertingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>A truth value as 0 or 1.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(env, output, input))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var source = Host.CheckValue(inputSchema, nameof(inputSchema)).Find(Host, Transformer.Input);
        Host.CheckParam(source.ItemType is BooleanDataViewType, nameof(inputSchema), $"Don't know how to convert {source.Name} into {NumberDataViewType.Single}");
        return inputSchema.With(new SchemaShape.Column(Transformer.Output, source.Kind, NumberDataViewType.Single, false, source.Annotations));
    }
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ConvertTransform";

    internal TypeConvertingTransformer(IHostEnvironment env, string output, string input)
        : base(env, Signature, output, input)
    {
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new TypeConvertingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        => source.Type is BooleanDataViewType
            ? (NumberDataViewType.Single, AnnotationKinds.Of(builder => builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true)))
            : throw Host.ExceptParam("inputSchema", $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{NumberDataViewType.Single}'");

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
    {
        var get = row.GetGetter<bool>(source);
        return (ValueGetter<float>)((ref float value) =>
        {
            var truth = false;
            get(ref truth);
            value = truth ? 1 : 0;
        });
    }
}
