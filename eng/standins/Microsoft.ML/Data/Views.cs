namespace Microsoft.ML.Data;

/// <summary>A view whose cursors come one at a time.</summary>
internal abstract class ViewBase(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public virtual bool CanShuffle => false;

    public virtual long? GetRowCount() => null;

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A schema without rows.</summary>
internal sealed class EmptyView(DataViewSchema schema) : ViewBase(schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => 0;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(Schema, Schema.Active(columnsNeeded));

    private sealed class Cursor(DataViewSchema schema, bool[] active) : CountingCursor(schema)
    {
        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ref TValue _) => CheckAtRow();

        public override ValueGetter<DataViewRowId> GetIdGetter() => IdGetter(() => Position);

        protected override bool Advance() => false;
    }
}

/// <summary>Rows of the source, some left out by their position or by a column.</summary>
internal sealed class FilterView : ViewBase
{
    private readonly IDataView _source;
    private readonly Func<DataViewRow, Func<bool>> _accept;
    private readonly DataViewSchema.Column[] _needed;
    private readonly long _skip;
    private readonly long _take;

    private FilterView(IDataView source, Func<DataViewRow, Func<bool>> accept, DataViewSchema.Column[] needed, long skip, long take)
        : base(source.Schema) => (_source, _accept, _needed, _skip, _take) = (source, accept, needed, skip, take);

    public override bool CanShuffle => _skip == 0 && _take == long.MaxValue && _needed.Length > 0 && _source.CanShuffle;

    public static FilterView ByPosition(IDataView source, long skip, long take) => new(source, _ => () => true, [], skip, take);

    public static FilterView ByColumn(IDataView source, DataViewSchema.Column column, Func<DataViewRow, Func<bool>> accept)
        => new(source, accept, [column], 0, long.MaxValue);

    /// <summary>Rows by a number drawn for each of them, the same on every pass.</summary>
    public static FilterView ByDraw(IDataView source, int seed, Func<double, bool> accept)
        => new(source, _ => DrawFrom(new Random(seed), accept), [], 0, long.MaxValue);

    public override long? GetRowCount() => _needed.Length == 0 && (_skip > 0 || _take < long.MaxValue) && _source.GetRowCount() is { } count
        ? Math.Min(Math.Max(count - _skip, 0), _take)
        : null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => MergedCursor.Over(GetRowCursorSet(columnsNeeded, MergedCursor.Width, rand), false);

    // Rows are counted or drawn in order, which only a single cursor keeps.
    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded, .. _needed];
        var cursors = _needed.Length > 0 ? _source.GetRowCursorSet(columns, n, CanShuffle ? rand : null) : [_source.GetRowCursor(columns)];
        return [.. cursors.Select(cursor => new FilterCursor(cursor, Schema, _accept(cursor), _skip, _take))];
    }

    private static Func<bool> DrawFrom(Random random, Func<double, bool> accept) => () => accept(random.NextDouble());
}
