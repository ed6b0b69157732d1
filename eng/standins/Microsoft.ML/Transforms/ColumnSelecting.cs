using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: Loadable("SelectColumnsTransform", typeof(ColumnSelectingTransformer))]

namespace Microsoft.ML.Transforms;

/// <summary>Drops columns by name.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(IHostEnvironment env, string[] names)
        : base(env.Register(nameof(ColumnSelectingEstimator)), new ColumnSelectingTransformer(env, names))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        Transformer.CheckNames(inputSchema.Select(column => column.Name));
        return new SchemaShape(inputSchema.Where(column => !Transformer.Names.Contains(column.Name)));
    }
}

public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly IHost _host;

    internal ColumnSelectingTransformer(IHostEnvironment env, string[] names)
    {
        _host = env.Register(nameof(ColumnSelectingTransformer));
        _host.Check(names is { Length: > 0 }, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        Names = names;
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal string[] Names { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Select(new EmptyView(_host.CheckValue(inputSchema, nameof(inputSchema)))).Schema;

    public IDataView Transform(IDataView input) => Select(_host.CheckValue(input, nameof(input)));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Select(new EmptyView(_host.CheckValue(inputSchema, nameof(inputSchema))));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Sign("SelectColumnsTransform", typeof(ColumnSelectingTransformer));
        ctx.Write(Names);
    }

    internal static ITransformer Load(IHostEnvironment env, ModelLoadContext context)
        => new ColumnSelectingTransformer(env, context.ReadStrings());

    internal void CheckNames(IEnumerable<string> present)
    {
        var missing = Names.Except(present).ToArray();
        if (missing.Length > 0)
            throw _host.ExceptColumn("inputSchema", "input", string.Join(",", missing));
    }

    private SelectedView Select(IDataView source)
    {
        CheckNames(source.Schema.Select(column => column.Name));
        return new SelectedView(source, [.. source.Schema.Where(column => !Names.Contains(column.Name))]);
    }

    private sealed class SelectedView : IDataView, IRowToRowMapper
    {
        private readonly IDataView _source;
        private readonly DataViewSchema.Column[] _kept;

        public SelectedView(IDataView source, DataViewSchema.Column[] kept)
        {
            (_source, _kept) = (source, kept);
            var builder = new DataViewSchema.Builder();
            builder.AddColumns(kept.Select(column => new DataViewSchema.DetachedColumn(column)));
            Schema = builder.ToSchema();
        }

        public DataViewSchema Schema { get; }

        public DataViewSchema InputSchema => _source.Schema;

        public DataViewSchema OutputSchema => Schema;

        public bool CanShuffle => _source.CanShuffle;

        public long? GetRowCount() => _source.GetRowCount();

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
            => [.. dependingColumns.Select(column => _kept[column.Index])];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Cursor(this, input, Schema.Active(Schema));

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
            => new Cursor(this, _source.GetRowCursor(GetDependencies(columnsNeeded), rand), Schema.Active(columnsNeeded));

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
            => [.. _source.GetRowCursorSet(GetDependencies(columnsNeeded), n, rand).Select(cursor => new Cursor(this, cursor, Schema.Active(columnsNeeded)))];

        private sealed class Cursor(SelectedView view, DataViewRow input, bool[] active) : WrappingCursor(input, view.Schema)
        {
            public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

            public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Input.GetGetter<TValue>(view._kept[column.Index]);
        }
    }
}
