using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("KeyToValueTransform", typeof(KeyToValueMappingTransformer))]

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

public sealed class KeyToValueMappingTransformer : RowToRowTransformerBase
{
    internal KeyToValueMappingTransformer(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(KeyToValueMappingTransformer))) => (Output, Input) = (output, input);

    internal string Output { get; }

    internal string Input { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        => new KeyToValueMappingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("KeyToValueTransform", typeof(KeyToValueMappingTransformer));
        ctx.Writer.Write(Output);
        ctx.Writer.Write(Input);
    }

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        var source = inputSchema.Find(Host, "input", Input);
        if (source.Type is not KeyDataViewType)
            throw Host.ExceptColumn(nameof(inputSchema), "input", Input, "KeyType", source.Type.ToString());
        Host.Check(source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType,
            $"Metadata KeyValues does not exist in column '{Input}'.");
        var type = ((VectorDataViewType)source.Annotations.Schema[AnnotationKinds.KeyValues].Type).ItemType;
        return new ColumnMapping([new(new(Output, type), [source.Index], row => (Delegate)Generic.Call(Getter<int>, type.RawType, row, source))]);
    }

    private static ValueGetter<TValue> Getter<TValue>(DataViewRow row, DataViewSchema.Column source)
    {
        VBuffer<TValue> values = default;
        source.GetKeyValues(ref values);
        object missing = typeof(TValue) == typeof(float) ? float.NaN : typeof(TValue) == typeof(double) ? double.NaN : default(TValue);
        var getKey = (Func<ulong>)Generic.Call(KeyReader<uint>, source.Type.RawType, row, source);
        return (ref TValue value) => value = getKey() is var key && key > 0 && key <= (ulong)values.Length ? values.GetItemOrDefault((int)key - 1) : (TValue)missing;
    }

    private static Func<ulong> KeyReader<TKey>(DataViewRow row, DataViewSchema.Column source)
        where TKey : struct, IConvertible
    {
        var get = row.GetGetter<TKey>(source);
        TKey key = default;
        return () =>
        {
            get(ref key);
            return key.ToUInt64(null);
        };
    }
}
