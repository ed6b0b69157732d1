using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Computes columns of a row from columns of the same row.</summary>
internal abstract class RowMapping
{
    public abstract DataViewSchema.DetachedColumn[] Outputs { get; }

    /// <summary>Indices of the input columns that the active outputs are computed from.</summary>
    public abstract IEnumerable<int> Needs(Func<int, bool> active);

    /// <summary>One getter for each active output, null for the others.</summary>
    public abstract Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer);
}

/// <summary>Outputs computed independently of each other.</summary>
internal sealed class ColumnMapping(IEnumerable<ColumnMapping.Item> items) : RowMapping
{
    private readonly Item[] _items = [.. items];

    public override DataViewSchema.DetachedColumn[] Outputs => [.. _items.Select(item => item.Output)];

    public override IEnumerable<int> Needs(Func<int, bool> active) => _items.Where((_, i) => active(i)).SelectMany(item => item.Sources);

    public override Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer)
    {
        disposer = null;
        return [.. _items.Select((item, i) => active(i) ? item.Getter(input) : null)];
    }

    internal sealed record Item(DataViewSchema.DetachedColumn Output, int[] Sources, Func<DataViewRow, Delegate> Getter);
}

/// <summary>Outputs made of what is computed once for a row.</summary>
internal sealed class RowMapping<TResult>(IEnumerable<DataViewSchema.Column> sources, Func<DataViewRow, Func<TResult>> bind,
    (DataViewSchema.DetachedColumn Column, Func<Func<TResult>, Delegate> Getter)[] outputs) : RowMapping
{
    public override DataViewSchema.DetachedColumn[] Outputs => [.. outputs.Select(output => output.Column)];

    public override IEnumerable<int> Needs(Func<int, bool> active) => Enumerable.Range(0, outputs.Length).Any(active) ? sources.Select(source => source.Index) : [];

    public override Delegate[] Getters(DataViewRow input, Func<int, bool> active, out Action disposer)
    {
        disposer = null;
        if (!Enumerable.Range(0, outputs.Length).Any(active))
            return new Delegate[outputs.Length];
        var compute = bind(input);
        var done = -1L;
        TResult result = default;
        Func<TResult> current = () =>
        {
            if (done != input.Position)
                (result, done) = (compute(), input.Position);
            return result;
        };
        return [.. outputs.Select((output, i) => active(i) ? output.Getter(current) : null)];
    }
}

/// <summary>The columns of the source and those a mapping adds; a new column stands after those of its name.</summary>
internal sealed class MapperView : IDataView, IRowToRowMapper
{
    private readonly IHost _host;
    private readonly IDataView _source;
    private readonly RowMapping _mapping;
    private readonly int[] _map;
    private readonly int[] _added;

    public MapperView(IHost host, IDataView source, RowMapping mapping)
    {
        (_host, _source, _mapping) = (host, source, mapping);
        var outputs = mapping.Outputs;
        List<int> map = [.. Enumerable.Range(0, source.Schema.Count)];
        for (var i = 0; i < outputs.Length; i++)
        {
            var name = outputs[i].Name;
            var last = map.FindLastIndex(m => (m >= 0 ? source.Schema[m].Name : outputs[~m].Name) == name);
            map.Insert(last < 0 ? map.Count : last + 1, ~i);
        }
        _map = [.. map];
        _added = [.. outputs.Select((_, i) => map.IndexOf(~i))];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(map.Select(m => m >= 0 ? new DataViewSchema.DetachedColumn(source.Schema[m]) : outputs[~m]));
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => _source.CanShuffle;

    DataViewSchema IRowToRowMapper.InputSchema => _source.Schema;

    DataViewSchema IRowToRowMapper.OutputSchema => Schema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = Schema.Active(columnsNeeded);
        return MergedCursor.Over(GetRowCursorSet(columnsNeeded, MergedCursor.Width, CanShuffle ? rand : null), _added.Any(i => active[i]));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = Schema.Active(columnsNeeded);
        return [.. _source.GetRowCursorSet(Inputs(active), n, rand).Select(cursor => new Cursor(this, cursor, active))];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => Inputs(Schema.Active(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _host.CheckValue(input, nameof(input));
        _host.CheckValue(activeColumns, nameof(activeColumns));
        _host.Check(input.Schema == _source.Schema, "Schema of input row must be the same as the schema the mapper is bound to");
        return new Cursor(this, input, Schema.Active(activeColumns));
    }

    private DataViewSchema.Column[] Inputs(bool[] active)
    {
        var needed = _mapping.Needs(i => active[_added[i]]).ToHashSet();
        return [.. _source.Schema.Where(column => needed.Contains(column.Index) || active[Array.IndexOf(_map, column.Index)])];
    }

    private sealed class Cursor : WrappingCursor
    {
        private readonly MapperView _view;
        private readonly bool[] _active;
        private readonly Delegate[] _getters;
        private Action _disposer;

        public Cursor(MapperView view, DataViewRow input, bool[] active)
            : base(input, view.Schema)
        {
            (_view, _active) = (view, active);
            _getters = view._mapping.Getters(input, i => active[view._added[i]], out _disposer);
        }

        // A row gives whatever its input does, a cursor only what was asked for.
        public override bool IsColumnActive(DataViewSchema.Column column)
            => _active[column.Index] || (Input is not DataViewRowCursor && _view._map[column.Index] is >= 0 and var source && Input.IsColumnActive(Input.Schema[source]));

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            _view._host.Check(IsColumnActive(column), $"Column '{column.Name}' is not active.");
            return _view._map[column.Index] is >= 0 and var source
                ? Input.GetGetter<TValue>(Input.Schema[source])
                : _getters[~_view._map[column.Index]].Cast<TValue>();
        }

        protected override void Dispose(bool disposing)
        {
            _disposer?.Invoke();
            _disposer = null;
            base.Dispose(disposing);
        }
    }
}
