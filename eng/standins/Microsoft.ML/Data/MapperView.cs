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
        return new Row(this, input, Schema.Active(activeColumns));
    }

    private DataViewSchema.Column[] Inputs(bool[] active)
    {
        var needed = _mapping.Needs(i => active[_added[i]]).ToHashSet();
        return [.. _source.Schema.Where(column => needed.Contains(column.Index) || active[Array.IndexOf(_map, column.Index)])];
    }

    private Delegate[] Getters(DataViewRow input, bool[] active, out Action disposer)
        => _mapping.Getters(input, i => active[_added[i]], out disposer);

    private sealed class Row : DataViewRow
    {
        private readonly MapperView _view;
        private readonly DataViewRow _input;
        private readonly Delegate[] _getters;
        private Action _disposer;

        public Row(MapperView view, DataViewRow input, bool[] active)
        {
            (_view, _input) = (view, input);
            _getters = view.Getters(input, active, out _disposer);
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column)
            => _view._map[column.Index] is >= 0 and var source ? _input.IsColumnActive(_input.Schema[source]) : _getters[~_view._map[column.Index]] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (_view._map[column.Index] is >= 0 and var source)
                return _input.GetGetter<TValue>(_input.Schema[source]);
            Contracts.Check(null, IsColumnActive(column), $"Column '{column.Name}' is not active.");
            return _getters[~_view._map[column.Index]].Cast<TValue>();
        }

        protected override void Dispose(bool disposing)
        {
            _disposer?.Invoke();
            _disposer = null;
            _input.Dispose();
        }
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly MapperView _view;
        private readonly DataViewRowCursor _input;
        private readonly bool[] _active;
        private readonly Delegate[] _getters;
        private Action _disposer;

        public Cursor(MapperView view, DataViewRowCursor input, bool[] active)
        {
            (_view, _input, _active) = (view, input, active);
            _getters = view.Getters(input, active, out _disposer);
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool MoveNext() => _input.MoveNext();

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            _view._host.Check(_active[column.Index], $"Column '{column.Name}' is not active.");
            return _view._map[column.Index] is >= 0 and var source
                ? _input.GetGetter<TValue>(_input.Schema[source])
                : _getters[~_view._map[column.Index]].Cast<TValue>();
        }

        protected override void Dispose(bool disposing)
        {
            _disposer?.Invoke();
            _disposer = null;
            _input.Dispose();
        }
    }
}
