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
