using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Layers;

/// <summary>
/// Columns that are worked out from the columns of one row: what comes in, what goes out, and what makes it. Immutable and thread-safe.
/// </summary>
internal sealed class ColumnLayer
{
    // Per output column: the index of the input column that it is, or the complement of the index of the added one.
    private readonly int[] _origins;
    private readonly int[] _dependencies;
    private readonly Func<DataViewRow, IReadOnlySet<int>, IReadOnlyList<Delegate>> _getters;

    /// <param name="context">Marks exceptions.</param>
    /// <param name="input">Where rows come from.</param>
    /// <param name="added">The columns that are worked out; one takes the place of its namesake, others come last.</param>
    /// <param name="dependencies">Indices of the input columns that all of them are worked out from.</param>
    /// <param name="left">Input columns that go no further.</param>
    /// <param name="getters">
    /// Gives the getters of the added columns over a row, which stays the same while its position moves, for those that are wanted.
    /// </param>
    public ColumnLayer(
        IExceptionContext context,
        DataViewSchema input,
        IReadOnlyList<DataViewSchema.DetachedColumn> added,
        IEnumerable<int> dependencies,
        IEnumerable<string> left,
        Func<DataViewRow, IReadOnlySet<int>, IReadOnlyList<Delegate>> getters)
    {
        (Context, Input, _getters) = (context, input, getters);
        _dependencies = [.. dependencies];
        var gone = left.ToHashSet();
        var places = Enumerable.Range(0, added.Count).ToDictionary(i => added[i].Name);
        var origins = new List<int>();
        foreach (var column in input.Where(column => !gone.Contains(column.Name)))
        {
            if (!places.TryGetValue(column.Name, out var place))
                origins.Add(column.Index);
            else if (!column.IsHidden)
                origins.Add(~place);
        }
        origins.AddRange(Enumerable.Range(0, added.Count).Select(i => ~i).Except(origins));
        _origins = [.. origins];
        var builder = new DataViewSchema.Builder();
        foreach (var origin in _origins)
        {
            var column = origin >= 0 ? new DataViewSchema.DetachedColumn(input[origin]) : added[~origin];
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }
        Output = builder.ToSchema();
    }

    public IExceptionContext Context { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    public LayerColumns Active(IEnumerable<DataViewSchema.Column> needed) => new(this, needed);

    internal int Origin(int output) => _origins[output];

    internal IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<int> passing, bool isAnyAdded)
        => passing.Concat(isAnyAdded ? _dependencies : []).Distinct().Order().Select(index => Input[index]);

    internal IReadOnlyList<Delegate> Getters(DataViewRow row, IReadOnlySet<int> wanted) => _getters(row, wanted);

    internal InvalidOperationException Foreign() => Context.Process(new InvalidOperationException(ScoringMessages.ForeignSchema()));
}
