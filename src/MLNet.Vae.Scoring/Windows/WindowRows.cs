using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Windows;

/// <summary>
/// Readings that end a whole window, with it as a column. Lazy, one cursor a pass, as a series is read in order. Thread-safe.
/// </summary>
internal sealed class WindowRows(
    IHost host, IDataView source, ReadingColumns columns, VaeWindowOptions options, DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    private IHost Host => host;

    private IDataView Source => source;

    private ReadingColumns Columns => columns;

    private VaeWindowOptions Options => options;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The columns of a source, and behind them that of windows.</summary>
    public static DataViewSchema SchemaOf(DataViewSchema source, ReadingColumns columns, VaeWindowOptions options, string name)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source);
        var type = new VectorDataViewType(NumberDataViewType.Single, options.Steps, columns.Names.Count);
        builder.AddColumn(name, type, Slots(columns, options));
        return builder.ToSchema();
    }

    /// <summary>Names of the slots of a window: "channel@-k", k readings before the newest.</summary>
    public static DataViewSchema.Annotations Slots(ReadingColumns columns, VaeWindowOptions options)
    {
        var channels = columns.Names.Count;
        var annotations = new DataViewSchema.Annotations.Builder();
        OutputAnnotations.AddTexts(annotations, OutputAnnotations.SlotNamesKind,
        [
            .. Enumerable.Range(0, options.Steps * channels)
                .Select(slot => FormattableString.Invariant($"{columns.Names[slot % channels]}@-{options.Steps - 1 - slot / channels}")),
        ]);
        return annotations.ToAnnotations();
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly WindowRows _rows;
        private readonly IHost _host;
        private readonly DataViewRowCursor _source;
        private readonly WindowReader _reader;
        private readonly bool[] _active;
        private readonly int _window;
        private long _position = -1;
        private bool _disposed;

        public Cursor(WindowRows rows, IEnumerable<DataViewSchema.Column> needed)
        {
            _rows = rows;
            _host = rows.Host;
            _active = new bool[rows.Schema.Count];
            foreach (var column in needed)
                _active[column.Index] = true;
            _window = rows.Schema.Count - 1;
            // Which rows there are takes the channels, whoever asks for what.
            var read = Enumerable.Range(0, _window).Where(index => _active[index]).Concat(rows.Columns.Indices).Distinct();
            _source = rows.Source.GetRowCursor([.. read.Select(index => rows.Source.Schema[index])]);
            _reader = new(_host, _source, rows.Columns, rows.Options);
        }

        public override DataViewSchema Schema => _rows.Schema;

        public override long Position => _position;

        public override long Batch => _source.Batch;

        public override bool MoveNext()
        {
            while (_source.MoveNext())
            {
                if (!_reader.Take())
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_active[column.Index])
                throw _host.Process(new InvalidOperationException(ScoringMessages.InactiveColumn(column.Name)));
            if (column.Index != _window)
                return _source.GetGetter<TValue>(_source.Schema[column.Index]);
            return (ValueGetter<VBuffer<float>>)Window as object as ValueGetter<TValue>
                ?? throw _host.Process(new InvalidOperationException(
                    ScoringMessages.WrongGetterType(column.Name, $"{column.Type}", typeof(TValue).Name)));
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                _source.Dispose();
            }
            base.Dispose(disposing);
        }

        private void Window(ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, _reader.Window.Length);
            _reader.Window.CopyTo(editor.Values);
            value = editor.Commit();
        }
    }
}
