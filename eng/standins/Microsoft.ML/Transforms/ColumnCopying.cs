using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("CopyTransform", typeof(ColumnCopyingTransformer))]

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

public sealed class ColumnCopyingTransformer : RowToRowTransformerBase
{
    internal ColumnCopyingTransformer(IHostEnvironment env, string output, string input)
        : base(env.Register(nameof(ColumnCopyingTransformer)))
    {
        Host.CheckNonEmpty(output, "columns");
        Host.CheckNonEmpty(input, "columns");
        (Output, Input) = (output, input);
    }

    internal string Output { get; }

    internal string Input { get; }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        => new ColumnCopyingTransformer(env, context.Reader.ReadString(), context.Reader.ReadString());

    private protected override RowMapping Map(DataViewSchema inputSchema)
    {
        var source = inputSchema.Find(Host, "input", Input);
        return new ColumnMapping([new(new(Output, source.Type, source.Annotations), [source.Index], row => row.GetAnyGetter(source))]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign("CopyTransform", typeof(ColumnCopyingTransformer));
        ctx.Writer.Write(Output);
        ctx.Writer.Write(Input);
    }
}
