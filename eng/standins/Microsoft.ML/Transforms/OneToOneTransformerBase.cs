using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Transformers that make one column of one column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private readonly string _signature;

    private protected OneToOneTransformerBase(IHostEnvironment env, string signature, string output, string input)
        : base(env.Register(signature))
    {
        Host.CheckNonEmpty(output, "columns");
        Host.CheckNonEmpty(input, "columns");
        (_signature, Output, Input) = (signature, output, input);
    }

    internal string Output { get; }
    internal string Input { get; }

    private protected sealed override RowMapping Map(DataViewSchema inputSchema)
    {
        var source = inputSchema.Find(Host, "input", Input);
        var (type, annotations) = TypeOf(source);
        return new ColumnMapping([new(new(Output, type, annotations), [source.Index], row => Getter(row, source))]);
    }

    private protected sealed override void SaveModel(ModelSaveContext ctx)
    {
        ctx.Sign(_signature, GetType());
        ctx.Writer.Write(Output);
        ctx.Writer.Write(Input);
        SaveRest(ctx);
    }

    private protected virtual void SaveRest(ModelSaveContext ctx)
    {
    }

    private protected abstract (DataViewType Type, DataViewSchema.Annotations Annotations) TypeOf(DataViewSchema.Column source);
    private protected abstract Delegate Getter(DataViewRow row, DataViewSchema.Column source);
}
