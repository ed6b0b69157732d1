using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Messages;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>Adds the columns to single rows, as a prediction engine asks. Thread-safe; its rows are not.</summary>
internal sealed class VaeRowMapper(ScoringContext context, BoundSchema columns) : IRowToRowMapper
{
    public DataViewSchema InputSchema => columns.Input;

    public DataViewSchema OutputSchema => columns.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => new ActiveColumns(columns, dependingColumns).Dependencies;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => ReferenceEquals(input.Schema, InputSchema)
            ? new VaeRow(context, new(columns, activeColumns), input)
            : throw context.Host.Process(new InvalidOperationException(ScoringMessages.ForeignSchema()));
}
