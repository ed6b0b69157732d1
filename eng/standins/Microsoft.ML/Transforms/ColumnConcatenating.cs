using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: Loadable("ConcatTransform", typeof(ColumnConcatenatingTransformer))]

namespace Microsoft.ML.Transforms
{
    /// <summary>Puts columns of one item type into one vector.</summary>
    public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
    {
        private readonly IHost _host;
        private readonly string _output;
        private readonly string[] _inputs;

        internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
        {
            _host = env.Register(nameof(ColumnConcatenatingEstimator));
            _host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
            _host.CheckValue(inputColumnNames, nameof(inputColumnNames));
            _host.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
            _host.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
            (_output, _inputs) = (outputColumnName, inputColumnNames);
        }

        public ColumnConcatenatingTransformer Fit(IDataView input)
        {
            _host.CheckValue(input, nameof(input));
            return new ColumnConcatenatingTransformer(_host, _output, _inputs);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            _host.CheckValue(inputSchema, nameof(inputSchema));
            var sources = _inputs.Select(name => inputSchema.Find(_host, name)).ToArray();
            foreach (var source in sources)
            {
                _host.Check(!source.IsKey, $"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
                _host.Check(source.ItemType.Equals(sources[0].ItemType), "Concatenated columns should have the same type. " +
                    $"Column '{source.Name}' has type of {source.ItemType}, but expected column type is {sources[0].ItemType}.");
            }
            var annotations = new List<SchemaShape.Column>();
            if (sources.All(source => source.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out _)))
                annotations.Add(SchemaShape.ShapeOf(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance));
            if (sources.Any(source => source.Kind == SchemaShape.Column.VectorKind.Scalar || source.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out _)))
                annotations.Add(new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
            var kind = sources.Any(source => source.Kind == SchemaShape.Column.VectorKind.VariableVector)
                ? SchemaShape.Column.VectorKind.VariableVector
                : SchemaShape.Column.VectorKind.Vector;
            return inputSchema.With(new SchemaShape.Column(_output, kind, sources[0].ItemType, false, new SchemaShape(annotations)));
        }
    }
}

namespace Microsoft.ML.Data
{
    public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
    {
        private readonly string _output;
        private readonly string[] _inputs;

        internal ColumnConcatenatingTransformer(IHostEnvironment env, string output, string[] inputs)
            : base(env.Register(nameof(ColumnConcatenatingTransformer))) => (_output, _inputs) = (output, inputs);

        internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
            => new ColumnConcatenatingTransformer(env, context.Reader.ReadString(), context.ReadStrings());

        private protected override void SaveModel(ModelSaveContext ctx)
        {
            ctx.Sign("ConcatTransform", typeof(ColumnConcatenatingTransformer));
            ctx.Writer.Write(_output);
            ctx.Write(_inputs);
        }

        private protected override RowMapping Map(DataViewSchema inputSchema)
        {
            var sources = _inputs.Select(name => inputSchema.Find(Host, "input", name)).ToArray();
            var itemType = sources[0].Type.GetItemType();
            foreach (var source in sources)
            {
                if (!source.Type.GetItemType().Equals(itemType))
                    throw Host.ExceptColumn(nameof(inputSchema), "input", source.Name, itemType.ToString(), source.Type.ToString());
            }
            var indices = sources.Select(source => source.Index).ToArray();
            if (sources is [{ Type: VectorDataViewType } only])
                return new ColumnMapping([new(new(_output, only.Type, only.Annotations), indices, row => row.GetAnyGetter(only))]);

            var sizes = sources.Select(source => source.Type is VectorDataViewType vector ? vector.Size : 1).ToArray();
            var size = sizes.Contains(0) ? 0 : sizes.Sum();
            var annotations = AnnotationKinds.Of(builder =>
            {
                if (itemType is NumberDataViewType && sources.All(source => source.IsNormalized()))
                    builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
                if (size > 0 && sources.Any(source => source.Type is not VectorDataViewType || source.HasSlotNames()))
                    builder.AddSlotNames(sources.Zip(sizes).SelectMany(pair => SlotNames(pair.First, pair.Second)));
            });
            var type = new VectorDataViewType((PrimitiveDataViewType)itemType, size);
            return new ColumnMapping([new(new(_output, type, annotations), indices, row => (Delegate)Generic.Call(Getter<int>, itemType.RawType, row, sources))]);
        }

        private static IEnumerable<string> SlotNames(DataViewSchema.Column source, int size)
            => source.Type is not VectorDataViewType ? [source.Name]
                : source.SlotNamesOrNull()?.Select(name => name.Length == 0 ? name : $"{source.Name}.{name}") ?? Enumerable.Repeat("", size);

        private static ValueGetter<VBuffer<TItem>> Getter<TItem>(DataViewRow row, DataViewSchema.Column[] sources)
        {
            var getters = sources.Select(source => source.Type is VectorDataViewType ? row.GetGetter<VBuffer<TItem>>(source) : One(row.GetGetter<TItem>(source))).ToArray();
            var parts = new VBuffer<TItem>[sources.Length];
            return (ref VBuffer<TItem> value) =>
            {
                var (length, count) = (0, 0);
                for (var i = 0; i < parts.Length; i++)
                {
                    getters[i](ref parts[i]);
                    if (sources[i].Type is VectorDataViewType { IsKnownSize: true } vector && vector.Size != parts[i].Length)
                        throw Contracts.Except(null, $"Column '{sources[i].Name}': expected {vector.Size} slots, but got {parts[i].Length}");
                    length += parts[i].Length;
                    count += parts[i].GetValues().Length;
                }
                var dense = count > length / 2;
                var editor = VBufferEditor.Create(ref value, length, dense ? length : count);
                var (offset, at) = (0, 0);
                foreach (ref readonly var part in parts.AsSpan())
                {
                    if (dense)
                    {
                        part.CopyTo(editor.Values, offset);
                    }
                    else
                    {
                        part.GetValues().CopyTo(editor.Values[at..]);
                        for (var i = 0; i < part.GetValues().Length; i++)
                            editor.Indices[at++] = offset + (part.IsDense ? i : part.GetIndices()[i]);
                    }
                    offset += part.Length;
                }
                value = editor.Commit();
            };
        }

        private static ValueGetter<VBuffer<TItem>> One<TItem>(ValueGetter<TItem> getter) => (ref VBuffer<TItem> value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            getter(ref editor.Values[0]);
            value = editor.Commit();
        };
    }
}
