using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("NAReplaceTransform", typeof(MissingValueReplacingTransformer))]

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
    /// <summary>Puts something in the place of NaN.</summary>
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
            var (mean, minimum, maximum) = Slots.Statistics(input, input.Schema.Find(_host, "input", _input));
            return new MissingValueReplacingTransformer(_host, _output, _input, _mode switch
            {
                ReplacementMode.DefaultValue => new float[mean.Length],
                ReplacementMode.Mean => mean,
                ReplacementMode.Minimum => minimum,
                ReplacementMode.Maximum => maximum,
                _ => throw new NotSupportedException("The stand-in knows no replacement by the most frequent value."),
            });
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var source = _host.CheckValue(inputSchema, nameof(inputSchema)).Find(_host, _input);
            Slots.Check(_host, source);
            var kept = source.Annotations.Where(a => a.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return inputSchema.With(source.Renamed(_output, new SchemaShape(kept)));
        }
    }

    public sealed class MissingValueReplacingTransformer : RowToRowTransformerBase
    {
        private readonly string _output;
        private readonly string _input;
        private readonly float[] _replacements;

        internal MissingValueReplacingTransformer(IHostEnvironment env, string output, string input, float[] replacements)
            : base(env.Register(nameof(MissingValueReplacingTransformer))) => (_output, _input, _replacements) = (output, input, replacements);

        internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
            => new MissingValueReplacingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString(), context.ReadSingles());

        private protected override void SaveModel(ModelSaveContext ctx)
        {
            ctx.Sign("NAReplaceTransform", typeof(MissingValueReplacingTransformer));
            ctx.Writer.Write(_output);
            ctx.Writer.Write(_input);
            ctx.Write(_replacements);
        }

        private protected override RowMapping Map(DataViewSchema inputSchema)
            => Slots.Map(Host, inputSchema, _output, _input, false, _replacements.Length, (slot, value) => float.IsNaN(value) ? _replacements[slot] : value);
    }
}
