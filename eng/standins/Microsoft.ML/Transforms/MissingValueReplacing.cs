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
            env.CheckParam(imputeBySlot, nameof(imputeBySlot), "The stand-in imputes by slot only.");
            return new MissingValueReplacingEstimator(env, outputColumnName, inputColumnName ?? outputColumnName, replacementMode);
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
        private readonly ReplacementMode _mode;

        internal MissingValueReplacingEstimator(IHostEnvironment env, string output, string input, ReplacementMode mode)
            => (_host, _output, _input, _mode) = (env.Register(nameof(MissingValueReplacingEstimator)), output, input, mode);

        public enum ReplacementMode : byte
        {
            DefaultValue = 0,
            Mean = 1,
            Minimum = 2,
            Maximum = 3,
            Mode = 5,
        }

        public MissingValueReplacingTransformer Fit(IDataView input)
        {
            var source = input.Schema.Find(_host, "input", _input);
            var rows = source.Type is VectorDataViewType ? input.GetColumn<float[]>(source) : input.GetColumn<float>(source).Select(value => new[] { value });
            var size = source.Type is VectorDataViewType vector ? vector.Size : 1;
            var slots = Enumerable.Range(0, size).Select(_ => new List<float>()).ToArray();
            foreach (var row in _mode == ReplacementMode.DefaultValue ? [] : rows)
            {
                for (var i = 0; i < size; i++)
                {
                    if (!float.IsNaN(row[i]))
                        slots[i].Add(row[i]);
                }
            }
            return new MissingValueReplacingTransformer(_host, _output, _input, [.. slots.Select(slot => Replacement(slot.DefaultIfEmpty()))]);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var source = _host.CheckValue(inputSchema, nameof(inputSchema)).Find(_host, _input);
            _host.CheckParam(source.Kind != SchemaShape.Column.VectorKind.VariableVector && source.ItemType == NumberDataViewType.Single, nameof(inputSchema),
                $"Type '{source.GetTypeString()}' is not supported by NAReplaceTransform");
            var kept = source.Annotations.Where(a => a.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return inputSchema.With(source.Renamed(_output, new SchemaShape(kept)));
        }

        private float Replacement(IEnumerable<float> slot) => _mode switch
        {
            ReplacementMode.DefaultValue => 0,
            ReplacementMode.Mean => (float)slot.Average(value => (double)value),
            ReplacementMode.Minimum => slot.Min(),
            ReplacementMode.Maximum => slot.Max(),
            _ => throw new NotSupportedException("The stand-in knows no replacement by the most frequent value."),
        };
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
            var size = source.Type is VectorDataViewType vector ? vector.Size : 1;
            if (source.Type.GetItemType() != NumberDataViewType.Single || size != _replacements.Length)
                throw Host.ExceptColumn("inputSchema", "input", source.Name, $"Single or Vector<Single, {_replacements.Length}>", source.Type.ToString());
            return (source.Type, AnnotationKinds.Of(builder => builder.Add(source.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized)));
        }

        private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source)
        {
            var read = row.SingleReader(source);
            var values = new float[_replacements.Length];
            if (source.Type is not VectorDataViewType)
                return (ValueGetter<float>)((ref float value) => value = Replaced()[0]);
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => VBuffer<float>.Copy(Replaced(), 0, ref value, values.Length));

            float[] Replaced()
            {
                read(values);
                for (var i = 0; i < values.Length; i++)
                    values[i] = float.IsNaN(values[i]) ? _replacements[i] : values[i];
                return values;
            }
        }
    }
}
