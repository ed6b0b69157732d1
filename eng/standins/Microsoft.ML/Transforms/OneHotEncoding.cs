using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(KeyToVectorMappingTransformer.Signature, typeof(KeyToVectorMappingTransformer))]

namespace Microsoft.ML
{
    /// <summary>Categories as vectors.</summary>
    public static class CategoricalCatalog
    {
        public static OneHotEncodingEstimator OneHotEncoding(this TransformsCatalog.CategoricalTransforms catalog, string outputColumnName,
            string inputColumnName = null, OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
            int maximumNumberOfKeys = ValueToKeyMappingEstimator.MaximumNumberOfKeys,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence, IDataView keyData = null)
        {
            var env = catalog.GetEnvironment();
            env.CheckParam(outputKind == OneHotEncodingEstimator.OutputKind.Indicator && maximumNumberOfKeys == ValueToKeyMappingEstimator.MaximumNumberOfKeys
                && keyOrdinality == ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence && keyData is null, nameof(outputKind), "The stand-in makes indicators of texts as they occur.");
            return new OneHotEncodingEstimator(new ValueToKeyMappingEstimator(env, outputColumnName, inputColumnName), new KeyToVectorMappingEstimator(env, outputColumnName, outputColumnName));
        }
    }
}

namespace Microsoft.ML.Transforms
{
    /// <summary>One slot for each distinct value.</summary>
    public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
    {
        private readonly EstimatorChain<KeyToVectorMappingTransformer> _steps;

        internal OneHotEncodingEstimator(ValueToKeyMappingEstimator keys, KeyToVectorMappingEstimator vector) => _steps = keys.Append(vector);

        public enum OutputKind : byte
        {
            Indicator = 2,
        }

        public OneHotEncodingTransformer Fit(IDataView input) => new(_steps.Fit(input));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _steps.GetOutputSchema(inputSchema);
    }

    public sealed class OneHotEncodingTransformer : ITransformer
    {
        private readonly ITransformer _steps;

        internal OneHotEncodingTransformer(ITransformer steps) => _steps = steps;

        bool ITransformer.IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _steps.GetOutputSchema(inputSchema);

        public IDataView Transform(IDataView input) => _steps.Transform(input);

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => _steps.GetRowToRowMapper(inputSchema);

        void ICanSaveModel.Save(ModelSaveContext ctx) => _steps.Save(ctx);
    }

    /// <summary>One slot for each key.</summary>
    public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
    {
        internal KeyToVectorMappingEstimator(IHostEnvironment env, string output, string input)
            : base(env.Register(nameof(KeyToVectorMappingEstimator)), new KeyToVectorMappingTransformer(env, output, input))
        {
        }

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var source = inputSchema.Find(Host, Transformer.Input);
            SchemaShape.Column Vector(string name, DataViewType item) => new(name, SchemaShape.Column.VectorKind.Vector, item, false);
            var annotations = new SchemaShape([Vector(AnnotationKinds.SlotNames, TextDataViewType.Instance),
                Vector(AnnotationKinds.CategoricalSlotRanges, NumberDataViewType.Int32), SchemaShape.ShapeOf(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)]);
            return inputSchema.With(new SchemaShape.Column(Transformer.Output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, annotations));
        }
    }

    public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
    {
        internal const string Signature = "KeyToVectorTransform";

        internal KeyToVectorMappingTransformer(IHostEnvironment env, string output, string input)
            : base(env, Signature, output, input)
        {
        }

        internal static object Load(IHostEnvironment env, ModelLoadContext context)
            => new KeyToVectorMappingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

        private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        {
            if (source.Type is not KeyDataViewType { Count: var count })
                throw Host.ExceptColumn("inputSchema", "input", Input, "KeyType", source.Type.ToString());
            return (new VectorDataViewType(NumberDataViewType.Single, (int)count), AnnotationKinds.Of(builder =>
            {
                if (source.HasKeyValues())
                {
                    builder.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, (int)count),
                        (ref VBuffer<ReadOnlyMemory<char>> names) => source.GetKeyValues(ref names));
                }
                builder.Add(AnnotationKinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, 1, 2),
                    (ref VBuffer<int> range) => VBuffer<int>.Copy([0, (int)count - 1], 0, ref range, 2));
                builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
            }));
        }

        private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
        {
            var get = row.LabelReader(source);
            var size = (int)source.Type.GetKeyCount();
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var key = get();
                var editor = VBufferEditor.Create(ref value, size, key < size ? 1 : 0);
                if (editor.Values.Length > 0)
                    editor.Values[0] = 1;
                if (editor.Indices.Length > 0)
                    editor.Indices[0] = (int)key;
                value = editor.Commit();
            });
        }
    }
}
