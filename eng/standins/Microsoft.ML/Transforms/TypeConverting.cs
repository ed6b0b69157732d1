using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(TypeConvertingTransformer.Signature, typeof(TypeConvertingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers, truth values and texts as single precision.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(env, output, input))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var source = Host.CheckValue(inputSchema, nameof(inputSchema)).Find(Host, Transformer.Input);
        Host.CheckParam(!source.IsKey, nameof(inputSchema), "The stand-in converts no keys.");
        return inputSchema.With(new SchemaShape.Column(Transformer.Output, source.Kind, NumberDataViewType.Single, false, source.Annotations));
    }
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "TypeConverter";

    internal TypeConvertingTransformer(IHostEnvironment env, string output, string input)
        : base(env, Signature, output, input)
    {
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new TypeConvertingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
    {
        var vector = source.Type as VectorDataViewType;
        return (vector is null ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, vector.Dimensions), AnnotationKinds.Of(builder =>
        {
            builder.Add(source.Annotations, kind => (kind == AnnotationKinds.SlotNames && vector is { IsKnownSize: true })
                || (kind == AnnotationKinds.IsNormalized && source.Type.GetItemType() is NumberDataViewType));
            if (source.Type is BooleanDataViewType)
                builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        }));
    }

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
        => (Delegate)Generic.Call(source.Type is VectorDataViewType ? OfVector<int> : OfScalar<int>, source.Type.GetItemType().RawType, row, source);

    private static Delegate OfScalar<TItem>(DataViewRow row, DataViewSchema.Column source)
    {
        var get = row.GetGetter<TItem>(source);
        TItem item = default;
        return (ValueGetter<float>)((ref float value) =>
        {
            get(ref item);
            value = Convert(item);
        });
    }

    private static Delegate OfVector<TItem>(DataViewRow row, DataViewSchema.Column source)
    {
        var get = row.GetGetter<VBuffer<TItem>>(source);
        VBuffer<TItem> items = default;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            get(ref items);
            var given = items.GetValues();
            var editor = VBufferEditor.Create(ref value, items.Length, given.Length);
            for (var i = 0; i < given.Length; i++)
                editor.Values[i] = Convert(given[i]);
            items.GetIndices().CopyTo(editor.Indices);
            value = editor.Commit();
        });
    }

    private static float Convert<TItem>(TItem item) => item is ReadOnlyMemory<char> text
        ? text.IsEmpty ? 0 : float.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN
        : ((IConvertible)item).ToSingle(CultureInfo.InvariantCulture);
}
