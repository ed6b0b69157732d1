using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(KeyToValueMappingTransformer.Signature, typeof(KeyToValueMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Gives a scalar key column the texts that its annotation names.</summary>
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
        return source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType { ItemType: TextDataViewType texts }
            ? (texts, null)
            : throw Host.Except($"Metadata KeyValues does not exist in column '{Input}'.");
    }

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        source.GetKeyValues(ref texts);
        var getKey = row.LabelReader(source);
        return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = getKey() is var key && key < texts.Length ? texts.GetItemOrDefault((int)key) : default);
    }
}
