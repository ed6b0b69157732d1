using Microsoft.ML;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Cursors;

/// <summary>The output columns that a consumer asked for, and what they need. Immutable.</summary>
internal sealed class ActiveColumns
{
    private readonly bool[] _active;

    public ActiveColumns(BoundSchema bound, IEnumerable<DataViewSchema.Column> needed)
    {
        Bound = bound;
        _active = new bool[bound.Output.Count];
        foreach (var column in needed)
        {
            _active[column.Index] = true;
        }
        PassThrough = new bool[bound.Input.Count];
        var added = new List<int>();
        for (var i = 0; i < _active.Length; i++)
        {
            if (!_active[i])
            {
                continue;
            }
            if (bound.IsPassThrough(i, out var index))
            {
                PassThrough[index] = true;
            }
            else
            {
                added.Add(index);
            }
        }
        Added = added;
    }

    public BoundSchema Bound { get; }

    public DataViewSchema Schema => Bound.Output;

    /// <summary>The added columns that are active, by their indices in <see cref="BoundSchema.Added"/>.</summary>
    public IReadOnlyList<int> Added { get; }

    /// <summary>Per input column, whether it passes through and is active.</summary>
    public bool[] PassThrough { get; }

    public IEnumerable<OutputColumn> AddedColumns => Added.Select(index => Bound.Added[index]);

    /// <summary>Whether any of the added ones needs the likelihood of a row.</summary>
    public bool NeedScore => AddedColumns.Any(column => column.Output.NeedsScore);

    /// <summary>The input columns that are needed.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies => Bound.Input.Where(column => PassThrough[column.Index]
        || (Added.Count > 0 && (column.Index == Bound.Features.Column.Index || column.Index == Bound.Condition?.Column.Index)));

    public bool Contains(DataViewSchema.Column column) => _active[column.Index];

    /// <summary>Whether an active column comes from the input, and its index there or among the added ones.</summary>
    /// <exception cref="InvalidOperationException">It is not active.</exception>
    public bool IsPassThrough(DataViewSchema.Column column, out int index) => Contains(column)
        ? Bound.IsPassThrough(column.Index, out index)
        : throw Bound.Context.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));

    /// <summary>A getter of a column as the caller wants it.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column)
        => getter as ValueGetter<TValue>
            ?? throw Bound.Context.Process(new InvalidOperationException(
                ScoringMessages.WrongGetterType(column.Name, Schema[column.Index].Type.ToString()!, TypeName(typeof(TValue)))));

    private static string TypeName(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
    }
}
