using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Windows;

/// <summary>The whole windows of a series as rows of one column: what a model of windows is trained on. Thread-safe.</summary>
internal sealed class WindowView : IDataView
{
    private readonly IHost _host;
    private readonly IDataView _source;
    private readonly ReadingColumns _columns;
    private readonly VaeWindowOptions _options;
    private long? _count;

    /// <param name="host">Marks exceptions.</param>
    /// <param name="source">Readings in the order of time.</param>
    /// <param name="columns">Where they are.</param>
    /// <param name="options">What a window is.</param>
    /// <param name="name">Of the column of windows.</param>
    public WindowView(IHost host, IDataView source, ReadingColumns columns, VaeWindowOptions options, string name)
    {
        (_host, _source, _columns, _options) = (host, source, columns, options);
        var channels = columns.Names.Count;
        var annotations = new DataViewSchema.Annotations.Builder();
        OutputAnnotations.AddTexts(annotations, OutputAnnotations.SlotNamesKind,
        [
            .. Enumerable.Range(0, options.Steps * channels)
                .Select(slot => FormattableString.Invariant($"{columns.Names[slot % channels]}@-{options.Steps - 1 - slot / channels}")),
        ]);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(name, new VectorDataViewType(NumberDataViewType.Single, options.Steps * channels), annotations.ToAnnotations());
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    /// <summary>Windows that there are, once they were counted.</summary>
    public long Count => _count ?? throw new InvalidOperationException("They were not counted.");

    public long? GetRowCount() => _count;

    /// <summary>Counts them.</summary>
    /// <exception cref="InvalidOperationException">There are not two.</exception>
    public void RequireWindows()
    {
        var readings = 0L;
        var windows = 0L;
        using var cursor = _source.GetRowCursor([.. _columns.Indices.Distinct().Select(index => _source.Schema[index])]);
        var reader = new WindowReader(_host, cursor, _columns, _options);
        while (cursor.MoveNext())
        {
            readings++;
            if (reader.Take())
                windows++;
        }
        _count = windows;
        if (windows < 2)
        {
            throw _host.Process(new InvalidOperationException(FormattableString.Invariant(
                $"{readings} readings of {string.Join(", ", _options.Columns)} have {windows} windows of {_options.Steps}: expected at ")
                + "least 2. Give more readings, fewer steps, or a longer maximum gap."));
        }
    }

    /// <summary>The windows, and a number for the series that each is of; the memory of one is reused by the next.</summary>
    public IEnumerable<(long Series, float[] Window)> Read()
    {
        using var cursor = _source.GetRowCursor([.. _columns.Indices.Distinct().Select(index => _source.Schema[index])]);
        var reader = new WindowReader(_host, cursor, _columns, _options);
        var series = new Dictionary<string, long>(StringComparer.Ordinal);
        while (cursor.MoveNext())
        {
            if (reader.Take())
                yield return (Number(reader, series), reader.Window);
        }
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static long Number(WindowReader reader, Dictionary<string, long> series)
    {
        var lookup = series.GetAlternateLookup<ReadOnlySpan<char>>();
        var key = reader.Key();
        if (lookup.TryGetValue(key, out var number))
            return number;
        return lookup[key] = series.Count;
    }

    private sealed class Cursor(WindowView view) : DataViewRowCursor
    {
        private readonly DataViewRowCursor _source =
            view._source.GetRowCursor([.. view._columns.Indices.Distinct().Select(index => view._source.Schema[index])]);

        private WindowReader? _reader;
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _reader ??= new(view._host, _source, view._columns, view._options);
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

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, _reader!.Window.Length);
                _reader.Window.CopyTo(editor.Values);
                value = editor.Commit();
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"'{column.Name}' is {column.Type}.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _source.Dispose();
            base.Dispose(disposing);
        }
    }
}
