using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(KeyToValueMappingTransformer.Signature, typeof(KeyToValueMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Gives a scalar key column the values that its annotation names.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(KeyToValueMappingEstimator)), new KeyToValueMappingTransformer(env, output, input))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var source = inputSchema.Find(Host, Transformer.Input);
        if (!source.IsKey)
            throw Host.ExceptColumn(nameof(inputSchema), "input", source.Name, "KeyType", source.GetTypeString());
        Host.CheckParam(source.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values), nameof(inputSchema),
            $"Input column '{source.Name}' doesn't contain key values metadata");
        return inputSchema.With(new SchemaShape.Column(Transformer.Output, source.Kind, values.ItemType, values.IsKey));
    }
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, string output, string input)
        : base(env, Signature, output, input)
    {
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new KeyToValueMappingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
    {
        if (source.Type is not KeyDataViewType)
            throw Host.ExceptColumn("inputSchema", "input", Input, "KeyType", source.Type.ToString());
        return source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType values
            ? (values.ItemType, null)
            : throw Host.Except($"Metadata KeyValues does not exist in column '{Input}'.");
    }

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
        => (Delegate)Generic.Call(Getter<int>, TypeOf(source).Type.RawType, row, source);

    private static ValueGetter<TValue> Getter<TValue>(DataViewRow row, DataViewSchema.Column source)
    {
        VBuffer<TValue> values = default;
        source.GetKeyValues(ref values);
        var missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN : default;
        var getKey = row.LabelReader(source);
        return (ref TValue value) => value = getKey() is var key && key < values.Length ? values.GetItemOrDefault((int)key) : missing;
    }
}
