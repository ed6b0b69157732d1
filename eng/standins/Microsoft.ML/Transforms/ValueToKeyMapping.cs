using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(ValueToKeyMappingTransformer.Signature, typeof(ValueToKeyMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers the distinct values of a scalar column.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int MaximumNumberOfKeys = 1000000;

    private readonly IHost _host;
    private readonly (string Output, string Input) _names;
    private readonly bool _asText;
    private readonly int _most;
    private readonly KeyOrdinality _ordinality;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, string output, string input, int most, KeyOrdinality ordinality, bool asText, IDataView keyData)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        _host.CheckParam(keyData is null or { Schema.Count: 1 }, nameof(keyData), "If specified, this data view should contain only a single column");
        (_names, _asText, _most, _ordinality, _keyData) = ((output, input ?? output), asText, most, ordinality, keyData);
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        var source = input.Schema.Find(_host, "input", _names.Input);
        var terms = Terms.Collect(_keyData ?? input, _keyData?.Schema[0] ?? source, _most, _ordinality == KeyOrdinality.ByValue);
        return new ValueToKeyMappingTransformer(_host, _names.Output, _names.Input, _asText, PrimitiveTypes.Of(source.Type.RawType), terms);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var source = inputSchema.Find(_host, _names.Input);
        _host.CheckParam(source.Kind == SchemaShape.Column.VectorKind.Scalar && !source.IsKey, nameof(inputSchema),
            $"The stand-in maps scalar values only, and '{source.Name}' is {source.GetTypeString()}.");
        var values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, _asText ? TextDataViewType.Instance : source.ItemType, false);
        return inputSchema.With(new SchemaShape.Column(_names.Output, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape([values])));
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "TermTransform";

    private readonly bool _asText;
    private readonly PrimitiveDataViewType _type;
    private readonly Terms _terms;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, string output, string input, bool asText, PrimitiveDataViewType type, Terms terms)
        : base(env, Signature, output, input) => (_asText, _type, _terms) = (asText, type, terms);

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
    {
        var reader = context.Reader;
        var (output, input, asText, type) = (reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), SchemaCodec.ByName(reader.ReadString()));
        return new ValueToKeyMappingTransformer(env, output, input, asText, type, Terms.Read(reader, type));
    }

    private protected override void SaveRest(ModelSaveContext ctx)
    {
        ctx.Writer.Write(_asText);
        ctx.Writer.Write(_type.RawType.Name);
        _terms.Write(ctx.Writer);
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        => source.Type.Equals(_type)
            ? (new KeyDataViewType(typeof(uint), Math.Max(_terms.Count, 1)), AnnotationKinds.Of(builder => _terms.AddKeyValues(builder, _asText)))
            : throw Host.ExceptColumn("inputSchema", "input", source.Name, _type.ToString(), source.Type.ToString());

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source) => _terms.Getter(row, source);
}
