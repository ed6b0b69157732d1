using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(MissingValueReplacingTransformer.Signature, typeof(MissingValueReplacingTransformer))]

namespace Microsoft.ML
{
    /// <summary>Missing values.</summary>
    public static class ExtensionsCatalog
    {
        public static MissingValueReplacingEstimator ReplaceMissingValues(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
            MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue, bool imputeBySlot = true)
        {
            var env = catalog.GetEnvironment();
            env.CheckParam(imputeBySlot && replacementMode == MissingValueReplacingEstimator.ReplacementMode.Mean, nameof(replacementMode), "The stand-in imputes the mean by slot.");
            return new MissingValueReplacingEstimator(env, outputColumnName, inputColumnName ?? outputColumnName);
        }
    }
}

namespace Microsoft.ML.Transforms
{
    /// <summary>Puts something in the place of NaN, slot by slot.</summary>
    public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
    {
        private readonly IHost _host;
        private readonly string _output;
        private readonly string _input;

        internal MissingValueReplacingEstimator(IHostEnvironment env, string output, string input)
            => (_host, _output, _input) = (env.Register(nameof(MissingValueReplacingEstimator)), output, input);

        public enum ReplacementMode : byte
        {
            DefaultValue = 0,
            Mean = 1,
        }

        public MissingValueReplacingTransformer Fit(IDataView input)
        {
            var source = input.Schema.Find(_host, "input", _input);
            var slots = new List<float>[((VectorDataViewType)source.Type).Size];
            for (var i = 0; i < slots.Length; i++)
                slots[i] = [];
            foreach (var row in input.GetColumn<float[]>(source))
            {
                for (var i = 0; i < slots.Length; i++)
                {
                    if (!float.IsNaN(row[i]))
                        slots[i].Add(row[i]);
                }
            }
            return new MissingValueReplacingTransformer(_host, _output, _input, [.. slots.Select(slot => (float)slot.DefaultIfEmpty().Average(value => (double)value))]);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var source = _host.CheckValue(inputSchema, nameof(inputSchema)).Find(_host, _input);
            _host.CheckParam(source.Kind == SchemaShape.Column.VectorKind.Vector && source.ItemType == NumberDataViewType.Single, nameof(inputSchema),
                $"Type '{source.GetTypeString()}' is not supported by NAReplaceTransform");
            var kept = source.Annotations.Where(a => a.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return inputSchema.With(source.Renamed(_output, new SchemaShape(kept)));
        }
    }

    public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
    {
        internal const string Signature = "NAReplaceTransform";

        private readonly float[] _replacements;

        internal MissingValueReplacingTransformer(IHostEnvironment env, string output, string input, float[] replacements)
            : base(env, Signature, output, input) => _replacements = replacements;

        internal static object Load(IHostEnvironment env, ModelLoadContext context)
            => new MissingValueReplacingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString(), context.ReadSingles());

        private protected override void SaveRest(ModelSaveContext ctx) => ctx.Write(_replacements);

        private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source)
        {
            if (source.Type is not VectorDataViewType { Size: var size } vector || vector.ItemType != NumberDataViewType.Single || size != _replacements.Length)
                throw Host.ExceptColumn("inputSchema", "input", source.Name, $"Vector<Single, {_replacements.Length}>", source.Type.ToString());
            return (source.Type, AnnotationKinds.Of(builder => builder.Add(source.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized)));
        }

        private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
        {
            var read = row.SingleReader(source);
            var values = new float[_replacements.Length];
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                read(values);
                for (var i = 0; i < values.Length; i++)
                    values[i] = float.IsNaN(values[i]) ? _replacements[i] : values[i];
                VBuffer<float>.Copy(values, 0, ref value, values.Length);
            });
        }
    }
}
