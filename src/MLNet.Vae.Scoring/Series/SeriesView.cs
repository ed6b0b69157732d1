using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;
using MLNet.Vae.Windows;

namespace MLNet.Vae.Series;

/// <summary>
/// Readings with what is said of each: <see cref="SeriesColumns"/>. Lazy, one cursor a pass, as a series is read in order. Thread-safe.
/// </summary>
internal sealed class SeriesView : IDataView
{
    private readonly IHost _host;
    private readonly IDataView _source;
    private readonly VaeSeriesInfo _info;
    private readonly ReadingColumns _columns;
    private readonly Func<SeriesScorer> _scorer;
    private readonly int _sourceColumns;

    /// <param name="host">Marks exceptions.</param>
    /// <param name="source">Readings in the order of time.</param>
    /// <param name="columns">Where they are.</param>
    /// <param name="info">Of the series.</param>
    /// <param name="schema">Of the view.</param>
    /// <param name="scorer">One for each cursor.</param>
    public SeriesView(
        IHost host, IDataView source, ReadingColumns columns, VaeSeriesInfo info, DataViewSchema schema, Func<SeriesScorer> scorer)
    {
        (_host, _source, _columns, _info, Schema, _scorer) = (host, source, columns, info, schema, scorer);
        _sourceColumns = source.Schema.Count;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The columns of a source, and those that are added behind them.</summary>
    public static DataViewSchema SchemaOf(DataViewSchema source, VaeSeriesInfo info)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source);
        foreach (var column in SeriesColumns.Added(source, [.. info.Channels.Select(channel => channel.Name)]))
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly SeriesView _view;
        private readonly DataViewRowCursor _source;
        private readonly bool[] _active;
        private readonly WindowReader? _reader;
        private readonly SeriesScorer? _scorer;
        private VaeSeriesReading? _reading;
        private bool _isWhole, _disposed;

        public Cursor(SeriesView view, IEnumerable<DataViewSchema.Column> needed)
        {
            _view = view;
            _active = new bool[view.Schema.Count];
            foreach (var column in needed)
                _active[column.Index] = true;
            var isJudged = _active.AsSpan(view._sourceColumns).Contains(true);
            var read = Enumerable.Range(0, view._sourceColumns).Where(index => _active[index])
                .Concat(isJudged ? view._columns.Indices : []).Distinct();
            _source = view._source.GetRowCursor([.. read.Select(index => view._source.Schema[index])]);
            try
            {
                if (isJudged)
                {
                    _reader = new(view._host, _source, view._columns, VaeWindowOptions.Of(view._info));
                    _scorer = view._scorer();
                }
            }
            catch
            {
                _source.Dispose();
                throw;
            }
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _source.Position;

        public override long Batch => _source.Batch;

        public override bool MoveNext()
        {
            if (!_source.MoveNext())
                return false;
            _reading = null;
            _isWhole = _reader?.Take() ?? false;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw _view._host.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
            if (column.Index < _view._sourceColumns)
                return _source.GetGetter<TValue>(_source.Schema[column.Index]);
            return Added(column.Name) as ValueGetter<TValue>
                ?? throw _view._host.Process(new InvalidOperationException(
                    ScoringMessages.WrongGetterType(column.Name, $"{Schema[column.Index].Type}", typeof(TValue).Name)));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                _scorer?.Dispose();
                _source.Dispose();
            }
            base.Dispose(disposing);
        }

        private Delegate Added(string name) => name switch
        {
            SeriesColumns.Score => (ValueGetter<float>)((ref float value) => value = Reading().Score),
            SeriesColumns.PredictedLabel => (ValueGetter<bool>)((ref bool value) => value = Reading().PredictedLabel),
            SeriesColumns.WindowScore => (ValueGetter<float>)((ref float value) => value = Reading().WindowScore),
            SeriesColumns.ChannelScores => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value)
                => Copy(Reading().ChannelScores, ref value)),
            _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(Reading().Expected, ref value)),
        };

        private static void Copy(IReadOnlyList<float> values, ref VBuffer<float> to)
        {
            var editor = VBufferEditor.Create(ref to, values.Count);
            for (var i = 0; i < values.Count; i++)
                editor.Values[i] = values[i];
            to = editor.Commit();
        }

        private VaeSeriesReading Reading() => _reading ??= _isWhole ? _scorer!.Judge(_reader!.Window) : _scorer!.Absent;
    }
}
