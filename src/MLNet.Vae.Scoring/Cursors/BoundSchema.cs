using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Cursors;

/// <summary>A model's columns bound to one input schema: what comes in, what goes out, and which of them needs which.</summary>
internal sealed class BoundSchema
{
    // Per output column: the index of the input column it passes through, or the complement of the index of the added one.
    private readonly int[] _origins;

    /// <param name="context">Marks exceptions.</param>
    /// <param name="info">Names the columns that are read.</param>
    /// <param name="input">Where they come from.</param>
    /// <param name="columns">The columns that are added.</param>
    public BoundSchema(IExceptionContext context, VaeModelInfo info, DataViewSchema input, IReadOnlyList<OutputColumn> columns)
    {
        Context = context;
        Input = input;
        Features = ColumnChecks.Check(input, InputRule.Features(info), context);
        Supports = FeatureSupport.Of(info);
        Mask = MaskLayout.Of(info);
        Condition = InputRule.Condition(info) is { } rule ? ColumnChecks.Check(input, rule, context) : null;
        Added = columns;
        var added = Added.Select(column => column.Detached(input)).ToArray();
        _origins = Arrange(input, added);

        var builder = new DataViewSchema.Builder();
        foreach (var origin in _origins)
        {
            var column = origin >= 0 ? new DataViewSchema.DetachedColumn(input[origin]) : added[~origin];
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Output = builder.ToSchema();
    }

    /// <summary>Marks exceptions.</summary>
    public IExceptionContext Context { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The input column that is scored.</summary>
    public InputColumn Features { get; }

    /// <summary>The input column of the condition; <see langword="null"/>: there is none.</summary>
    public InputColumn? Condition { get; }

    /// <summary>What the likelihood can have of the features.</summary>
    public IReadOnlyList<FeatureSupport> Supports { get; }

    /// <summary>Which features may be missing, NaN; <see langword="null"/>: none.</summary>
    public MaskLayout? Mask { get; }

    public IReadOnlyList<OutputColumn> Added { get; }

    /// <summary>Whether an output column comes from the input, and its index there or among <see cref="Added"/>.</summary>
    public bool IsPassThrough(int outputIndex, out int index)
    {
        var origin = _origins[outputIndex];
        index = origin >= 0 ? origin : ~origin;
        return origin >= 0;
    }

    // As every ML.NET transform does: a column whose name is taken hides its namesake and stands behind it, others come last.
    private static int[] Arrange(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
    {
        var origins = Enumerable.Range(0, input.Count).ToList();
        for (var i = 0; i < added.Length; i++)
        {
            var name = added[i].Name;
            var namesake = origins.FindLastIndex(origin => (origin >= 0 ? input[origin].Name : added[~origin].Name) == name);
            origins.Insert(namesake < 0 ? origins.Count : namesake + 1, ~i);
        }

        return [.. origins];
    }
}
