using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Turns one table into another.</summary>
public interface ITransformer : ICanSaveModel
{
    bool IsRowToRowMapper { get; }
    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);
    IDataView Transform(IDataView input);
    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

/// <summary>Learns a transformer.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>Can be put into a model file.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
