using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Cursors;

/// <summary>Adds the columns to single rows, as a prediction engine asks. Thread-safe; its rows are not.</summary>
internal sealed class VaeRowMapper(ScoringContext context, BoundSchema columns) : IRowToRowMapper
{
    public DataViewSchema InputSchema => columns.Input;

    public DataViewSchema OutputSchema => columns.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => columns.Dependencies(columns.Activate(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        => ReferenceEquals(input.Schema, InputSchema)
            ? new VaeRow(context, columns, input, columns.Activate(activeColumns))
            : throw context.Host.Process(new InvalidOperationException(ScoringMessages.ForeignSchema()));
}
