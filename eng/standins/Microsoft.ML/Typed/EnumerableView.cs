using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A sequence of objects as a view.</summary>
internal sealed class EnumerableView<TRow>(IEnumerable<TRow> rows, TypedColumn[] columns) : ViewBase(TypedColumn.SchemaOf(columns))
    where TRow : class
{
    public override long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(Schema, rows.GetEnumerator(), columns, Schema.Active(columnsNeeded));

    private sealed class Cursor : CountingCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly Delegate[] _getters;
        private TRow _current;

        public Cursor(DataViewSchema schema, IEnumerator<TRow> rows, TypedColumn[] columns, bool[] active)
            : base(schema)
        {
            _rows = rows;
            _getters = [.. columns.Select((column, i) => active[i] ? column.Getter(() => _current) : null)];
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
            return _getters[column.Index].Cast<TValue>();
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => IdGetter(() => Position);

        protected override bool Advance()
        {
            if (!_rows.MoveNext())
                return false;
            _current = _rows.Current ?? throw Contracts.Except(null, "Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>One object after another as a row.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly Delegate[] _getters;
    private TRow _current;
    private long _position = -1;

    public ObjectRow(TypedColumn[] columns)
    {
        Schema = TypedColumn.SchemaOf(columns);
        _getters = [.. columns.Select(column => column.Getter(() => _current))];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public void Set(TRow row)
    {
        _current = Contracts.CheckValue(row, nameof(row));
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters[column.Index].Cast<TValue>();

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);
}

/// <summary>Columns of a schema that go into objects of one class.</summary>
internal sealed class TypedReader<TRow>
    where TRow : class
{
    private readonly (TypedColumn Member, DataViewSchema.Column Column)[] _bound;

    public TypedReader(IExceptionContext context, DataViewSchema schema, bool ignoreMissing, SchemaDefinition definition = null)
    {
        var members = TypedColumn.Of(typeof(TRow), SchemaDefinition.Direction.Write, definition);
        _bound = [.. members.Where(m => !ignoreMissing || schema.GetColumnOrNull(m.Name) is not null).Select(m => (m, schema.Find(context, "", m.Name, "Schema")))];
        using var probe = new EmptyView(schema).GetRowCursor(Columns);
        Bind(probe);
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bound.Select(b => b.Column);

    public Action<TRow> Bind(DataViewRow row)
    {
        var setters = _bound.Select(b => b.Member.Setter<TRow>(row, b.Column)).ToArray();
        return target =>
        {
            foreach (var set in setters)
                set(target);
        };
    }
}
