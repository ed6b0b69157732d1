using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Layers;

/// <summary>Mappers one after the other, the schema that one gives being that which the next one takes. Thread-safe.</summary>
internal sealed class MapperChain(IReadOnlyList<IRowToRowMapper> mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mappers[0].InputSchema;

    public DataViewSchema OutputSchema => mappers[^1].OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var needed = new IEnumerable<DataViewSchema.Column>[mappers.Count];
        needed[^1] = activeColumns;
        for (var i = mappers.Count - 1; i > 0; i--)
            needed[i - 1] = mappers[i].GetDependencies(needed[i]);
        return mappers.Zip(needed).Aggregate(input, (row, step) => step.First.GetRow(row, step.Second));
    }
}
