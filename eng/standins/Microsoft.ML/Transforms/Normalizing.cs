using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("NormalizeTransform", typeof(NormalizingTransformer))]

namespace Microsoft.ML
{
    /// <summary>Ranges of values.</summary>
    public static class NormalizationCatalog
    {
        private const long MaximumExampleCount = 1000000000;

        public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
            long maximumExampleCount = MaximumExampleCount, bool fixZero = true)
            => new(catalog.GetEnvironment(), outputColumnName, inputColumnName ?? outputColumnName, fixZero);
    }
}

namespace Microsoft.ML.Transforms
{
    /// <summary>Scales each slot by its smallest and largest value.</summary>
    public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
    {
        private readonly IHost _host;
        private readonly string _output;
        private readonly string _input;
        private readonly bool _fixZero;

        internal NormalizingEstimator(IHostEnvironment env, string output, string input, bool fixZero)
            => (_host, _output, _input, _fixZero) = (env.Register(nameof(NormalizingEstimator)), output, input, fixZero);

        public NormalizingTransformer Fit(IDataView input)
        {
            var (_, minimum, maximum) = Slots.Statistics(input, input.Schema.Find(_host, "input", _input));
            if (_fixZero)
            {
                maximum = [.. minimum.Zip(maximum, (low, high) => Math.Max(Math.Abs(low), Math.Abs(high)))];
                minimum = new float[maximum.Length];
            }
            var scale = minimum.Zip(maximum, (low, high) => high > low && float.IsFinite(high - low) ? 1 / (high - low) : 0);
            return new NormalizingTransformer(_host, _output, _input, minimum, [.. scale]);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var source = _host.CheckValue(inputSchema, nameof(inputSchema)).Find(_host, _input);
            Slots.Check(_host, source);
            var kept = source.Annotations.Where(a => a.Name == AnnotationKinds.SlotNames);
            return inputSchema.With(source.Renamed(_output, new SchemaShape([.. kept, SchemaShape.ShapeOf(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)])));
        }
    }

    public sealed class NormalizingTransformer : RowToRowTransformerBase
    {
        private readonly string _output;
        private readonly string _input;
        private readonly float[] _offset;
        private readonly float[] _scale;

        internal NormalizingTransformer(IHostEnvironment env, string output, string input, float[] offset, float[] scale)
            : base(env.Register(nameof(NormalizingTransformer))) => (_output, _input, _offset, _scale) = (output, input, offset, scale);

        internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
            => new NormalizingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString(), context.ReadSingles(), context.ReadSingles());

        private protected override void SaveModel(ModelSaveContext ctx)
        {
            ctx.Sign("NormalizeTransform", typeof(NormalizingTransformer));
            ctx.Writer.Write(_output);
            ctx.Writer.Write(_input);
            ctx.Write(_offset);
            ctx.Write(_scale);
        }

        private protected override RowMapping Map(DataViewSchema inputSchema)
            => Slots.Map(Host, inputSchema, _output, _input, true, _scale.Length, (slot, value) => (value - _offset[slot]) * _scale[slot]);
    }
}
