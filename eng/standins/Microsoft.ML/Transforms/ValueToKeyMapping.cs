using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(ValueToKeyMappingTransformer.Signature, typeof(ValueToKeyMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers the distinct texts of a scalar column; an empty one has no number.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int MaximumNumberOfKeys = 1000000;

    private readonly IHost _host;
    private readonly (string Output, string Input) _names;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, string output, string input)
        => (_host, _names) = (env.Register(nameof(ValueToKeyMappingEstimator)), (output, input ?? output));

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        var source = input.Schema.Find(_host, "input", _names.Input);
        return new ValueToKeyMappingTransformer(_host, _names.Output, _names.Input, [.. input.GetColumn<string>(source).Where(text => text.Length > 0).Distinct()]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var source = inputSchema.Find(_host, _names.Input);
        _host.CheckParam(source.Kind == SchemaShape.Column.VectorKind.Scalar && source.ItemType is TextDataViewType, nameof(inputSchema),
            $"The stand-in maps scalar texts only, and '{source.Name}' is {source.GetTypeString()}.");
        var values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, source.ItemType, false);
        return inputSchema.With(new SchemaShape.Column(_names.Output, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape([values])));
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "TermTransform";

    private readonly string[] _texts;
    private readonly Dictionary<string, uint> _keyOf = [];
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, string output, string input, string[] texts)
        : base(env, Signature, output, input)
    {
        _texts = texts;
        foreach (var text in texts)
            _keyOf.Add(text, (uint)_keyOf.Count + 1);
        _lookup = _keyOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new ValueToKeyMappingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString(), context.ReadStrings());

    private protected override void SaveRest(ModelSaveContext ctx) => ctx.Write(_texts);

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        => source.Type is TextDataViewType
            ? (new KeyDataViewType(typeof(uint), Math.Max(_texts.Length, 1)), AnnotationKinds.Of(AddKeyValues))
            : throw Host.ExceptColumn("inputSchema", "input", source.Name, TextDataViewType.Instance.ToString(), source.Type.ToString());

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
    {
        var get = row.GetGetter<ReadOnlyMemory<char>>(source);
        ReadOnlyMemory<char> text = default;
        return (ValueGetter<uint>)((ref uint key) =>
        {
            get(ref text);
            key = _lookup.TryGetValue(text.Span, out var found) ? found : 0;
        });
    }

    private void AddKeyValues(DataViewSchema.Annotations.Builder builder)
    {
        if (_texts.Length > 0)
            builder.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, _texts.Select(text => text.AsMemory()).ToArray());
    }
}
