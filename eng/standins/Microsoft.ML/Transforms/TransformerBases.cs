using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Transformers that map rows one by one.</summary>
public abstract class RowToRowTransformerBase : ITransformer
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = host;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => View(inputSchema).Schema;

    public IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new MapperView(Host, input, Map(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => View(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract RowMapping Map(DataViewSchema inputSchema);
    private protected abstract void SaveModel(ModelSaveContext ctx);

    private MapperView View(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return new MapperView(Host, new EmptyView(inputSchema), Map(inputSchema));
    }
}

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

/// <summary>Estimators that learn nothing.</summary>
public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected readonly IHost Host;
    private protected readonly TTransformer Transformer;

    private protected TrivialEstimator(IHost host, TTransformer transformer) => (Host, Transformer) = (host, transformer);

    public TTransformer Fit(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        Transformer.GetOutputSchema(input.Schema);
        return Transformer;
    }

    public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
