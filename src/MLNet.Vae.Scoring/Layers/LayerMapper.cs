using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Layers;

/// <summary>A layer over single rows. Thread-safe; its rows are not.</summary>
internal sealed class LayerMapper(ColumnLayer layer) : IRowToRowMapper
{
    public DataViewSchema InputSchema => layer.Input;

    public DataViewSchema OutputSchema => layer.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => layer.Active(dependingColumns).Dependencies;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => ReferenceEquals(input.Schema, InputSchema) ? new LayerRow(layer.Active(activeColumns), input) : throw layer.Foreign();
}
