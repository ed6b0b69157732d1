using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(ValueToKeyMappingTransformer.Signature, typeof(ValueToKeyMappingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Numbers the distinct texts of a scalar column, an empty one having no number, or the numbers of a vector by a list of them.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int MaximumNumberOfKeys = 1000000;

    private readonly IHost _host;
    private readonly (string Output, string Input) _names;
    private readonly float[] _numbers;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, string output, string input, IDataView keyData = null)
    {
        (_host, _names) = (env.Register(nameof(ValueToKeyMappingEstimator)), (output, input ?? output));
        _numbers = keyData is null ? null : [.. keyData.GetColumn<float>(keyData.Schema[0])];
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        var source = input.Schema.Find(_host, "input", _names.Input);
        if (_numbers is not null)
            return new ValueToKeyMappingTransformer(_host, _names.Output, _names.Input, Array.ConvertAll(_numbers, ValueToKeyMappingTransformer.TextOf));
        return new ValueToKeyMappingTransformer(_host, _names.Output, _names.Input, [.. input.GetColumn<string>(source).Where(text => text.Length > 0).Distinct()]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        var source = inputSchema.Find(_host, _names.Input);
        _host.CheckParam(_numbers is null
            ? source.Kind == SchemaShape.Column.VectorKind.Scalar && source.ItemType is TextDataViewType
            : source.Kind == SchemaShape.Column.VectorKind.Vector && source.ItemType == NumberDataViewType.Single, nameof(inputSchema),
            $"The stand-in maps scalar texts and vectors of numbers only, and '{source.Name}' is {source.GetTypeString()}.");
        var values = new SchemaShape.Column(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);
        var names = source.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames);
        return inputSchema.With(new SchemaShape.Column(_names.Output, source.Kind, NumberDataViewType.UInt32, true, new SchemaShape([.. names, values])));
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

    internal static string TextOf(float number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new ValueToKeyMappingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString(), context.ReadStrings());

    private protected override void SaveRest(ModelSaveContext ctx) => ctx.Write(_texts);

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        => source.Type is TextDataViewType
            ? (new KeyDataViewType(typeof(uint), Math.Max(_texts.Length, 1)), AnnotationKinds.Of(AddKeyValues))
            : source.Type is VectorDataViewType { Size: var size } vector && vector.ItemType == NumberDataViewType.Single
            ? (new VectorDataViewType(new KeyDataViewType(typeof(uint), _texts.Length), size), AnnotationKinds.Of(builder =>
            {
                AddKeyValues(builder);
                builder.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames);
            }))
            : throw Host.ExceptColumn("inputSchema", "input", source.Name, TextDataViewType.Instance.ToString(), source.Type.ToString());

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
    {
        if (source.Type is VectorDataViewType { Size: var size })
            return NumbersGetter(row.SingleReader(source), new float[size]);
        var get = row.GetGetter<ReadOnlyMemory<char>>(source);
        ReadOnlyMemory<char> text = default;
        return (ValueGetter<uint>)((ref uint key) =>
        {
            get(ref text);
            key = _lookup.TryGetValue(text.Span, out var found) ? found : 0;
        });
    }

    private ValueGetter<VBuffer<uint>> NumbersGetter(Action<float[]> read, float[] numbers)
    {
        var keys = _texts.Select((text, i) => (Number: float.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Key: (uint)i + 1)).ToDictionary(pair => pair.Number, pair => pair.Key);
        return (ref VBuffer<uint> value) =>
        {
            read(numbers);
            VBuffer<uint>.Copy(Array.ConvertAll(numbers, number => keys.GetValueOrDefault(number)), 0, ref value, numbers.Length);
        };
    }

    private void AddKeyValues(DataViewSchema.Annotations.Builder builder)
    {
        if (_texts.Length > 0)
            builder.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, _texts.Select(text => text.AsMemory()).ToArray());
    }
}
