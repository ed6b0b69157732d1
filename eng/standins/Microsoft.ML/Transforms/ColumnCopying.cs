using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable(ColumnCopyingTransformer.Signature, typeof(ColumnCopyingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Gives a column a second name.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new ColumnCopyingTransformer(env, output, input))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(inputSchema.Find(Host, Transformer.Input).Renamed(Transformer.Output));
    }
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, string output, string input)
        : base(env, Signature, output, input)
    {
    }

    internal static object Load(IHostEnvironment env, ModelLoadContext context)
        => new ColumnCopyingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source) => (source.Type, source.Annotations);

    private protected override Delegate Getter(DataViewRow row, DataViewSchema.Column source) => row.GetAnyGetter(source);
}
