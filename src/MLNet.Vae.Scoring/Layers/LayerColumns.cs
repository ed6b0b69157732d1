using Microsoft.ML;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Layers;

/// <summary>The columns of a layer that a consumer asked for. Immutable.</summary>
internal sealed class LayerColumns
{
    private readonly ColumnLayer _layer;
    private readonly bool[] _active;

    public LayerColumns(ColumnLayer layer, IEnumerable<DataViewSchema.Column> needed)
    {
        _layer = layer;
        _active = new bool[layer.Output.Count];
        foreach (var column in needed)
            _active[column.Index] = true;
        var origins = Enumerable.Range(0, _active.Length).Where(index => _active[index]).Select(layer.Origin).ToList();
        Added = origins.Where(origin => origin < 0).Select(origin => ~origin).ToHashSet();
        Dependencies = [.. layer.Dependencies(origins.Where(origin => origin >= 0), Added.Count > 0)];
    }

    public DataViewSchema Schema => _layer.Output;

    /// <summary>The added columns that are wanted.</summary>
    public IReadOnlySet<int> Added { get; }

    /// <summary>Input columns that are needed.</summary>
    public IReadOnlyList<DataViewSchema.Column> Dependencies { get; }

    public bool Contains(DataViewSchema.Column column) => _active[column.Index];

    /// <summary>The getters of the added columns over a row; none where none is wanted.</summary>
    public IReadOnlyList<Delegate> Over(DataViewRow row) => Added.Count == 0 ? [] : _layer.Getters(row, Added);

    /// <exception cref="InvalidOperationException">The column is not active, or of another type.</exception>
    public ValueGetter<TValue> Getter<TValue>(DataViewRow source, IReadOnlyList<Delegate> added, DataViewSchema.Column column)
    {
        if (!Contains(column))
            throw _layer.Context.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
        var origin = _layer.Origin(column.Index);
        if (origin >= 0)
            return source.GetGetter<TValue>(source.Schema[origin]);
        return added[~origin] as ValueGetter<TValue>
            ?? throw _layer.Context.Process(new InvalidOperationException(
                ScoringMessages.WrongGetterType(column.Name, $"{Schema[column.Index].Type}", typeof(TValue).Name)));
    }
}
