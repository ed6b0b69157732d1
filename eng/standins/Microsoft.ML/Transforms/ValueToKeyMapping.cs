using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("TermTransform", typeof(ValueToKeyMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers the distinct values of a scalar column.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int MaximumNumberOfKeys = 1000000;

    private readonly IHost _host;
    private readonly KeyColumn _column;
    private readonly int _most;
    private readonly KeyOrdinality _ordinality;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, KeyColumn column, int most, KeyOrdinality ordinality, IDataView keyData)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        _host.CheckParam(keyData is null or { Schema.Count: 1 }, nameof(keyData), "If specified, this data view should contain only a single column");
        (_column, _most, _ordinality, _keyData) = (column, most, ordinality, keyData);
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        var source = input.Schema.Find(_host, "input", _column.Input);
        var terms = _keyData is null
            ? Terms.Collect(input, source, _most, _ordinality == KeyOrdinality.ByValue)
            : Terms.Collect(_keyData, _keyData.Schema[0], _most, _ordinality == KeyOrdinality.ByValue);
        return new ValueToKeyMappingTransformer(_host, _column, PrimitiveTypes.Of(source.Type.RawType), terms);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var source = inputSchema.Find(_host, _column.Input);
        _host.CheckParam(source.Kind == SchemaShape.Column.VectorKind.Scalar && !source.IsKey, nameof(inputSchema), $"The stand-in maps scalar values only, and '{source.Name}' is {source.GetTypeString()}.");
        var values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, _column.AsText ? TextDataViewType.Instance : source.ItemType, false);
        return inputSchema.With(new SchemaShape.Column(_column.Output, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape([values])));
    }
}

internal sealed record KeyColumn(string Output, string Input, bool AsText);

public sealed class ValueToKeyMappingTransformer : RowToRowTransformerBase
{
    private readonly KeyColumn _column;
    private readonly PrimitiveDataViewType _type;
    private readonly Terms _terms;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, KeyColumn column, PrimitiveDataViewType type, Terms terms)
        : base(env.Register(nameof(ValueToKeyMappingTransformer))) => (_column, _type, _terms) = (column, type, terms);

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
    {
        var reader = context.Reader;
        var column = new KeyColumn(reader.ReadString(), reader.ReadString(), reader.ReadBoolean());
        var type = SchemaCodec.ByName(reader.ReadString());
        return new ValueToKeyMappingTransformer(env, column, type, Terms.Read(reader, type));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("TermTransform", typeof(ValueToKeyMappingTransformer));
        ctx.Writer.Write(_column.Output);
        ctx.Writer.Write(_column.Input);
        ctx.Writer.Write(_column.AsText);
        ctx.Writer.Write(_type.RawType.Name);
        _terms.Write(ctx.Writer);
    }

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        var source = inputSchema.Find(Host, "input", _column.Input);
        if (!source.Type.Equals(_type))
            throw Host.ExceptColumn(nameof(inputSchema), "input", source.Name, _type.ToString(), source.Type.ToString());
        var type = new KeyDataViewType(typeof(uint), Math.Max(_terms.Count, 1));
        var annotations = AnnotationKinds.Of(builder => _terms.AddKeyValues(builder, _column.AsText));
        return new ColumnMapping([new(new(_column.Output, type, annotations), [source.Index], row => _terms.Getter(row, source))]);
    }
}
