using System.Globalization;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads separated text.</summary>
public sealed class TextLoader
{
    private readonly Options _options;
    private readonly Field[] _fields;
    private readonly DataViewSchema _schema;

    internal TextLoader(IExceptionContext env, Options options, string samplePath)
    {
        _options = options ?? new Options();
        var columns = _options.Columns ?? [];
        env.CheckParam(columns.Length > 0, nameof(Options.Columns), "The stand-in needs columns.");
        env.CheckParam(columns.All(c => c.Source is { Length: > 0 }), nameof(Column.Source), "Must specify some source column indices");
        var header = samplePath is not null && _options.HasHeader ? Lines(samplePath).Take(1).SelectMany(Split).Select(name => name.Trim().ToString()).ToArray() : null;
        _fields = [.. columns.Select(column => new Field(column))];

        var builder = new DataViewSchema.Builder();
        foreach (var field in _fields)
        {
            var named = header is not null && field.Type is VectorDataViewType;
            builder.AddColumn(field.Name, field.Type, named ? AnnotationKinds.Of(a => a.AddSlotNames(field.Sources.Select(i => header.ElementAtOrDefault(i)))) : null);
        }
        _schema = builder.ToSchema();
    }

    internal IDataView Load(string path) => new View(this, path);

    private static IEnumerable<string> Lines(string path)
    {
        var started = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || (!started && line[0] == '#'))
                continue;
            started = true;
            yield return line;
        }
    }

    private List<ReadOnlyMemory<char>> Split(string line)
    {
        if (_options.TrimWhitespace)
            line = line.TrimEnd();
        var fields = new List<ReadOnlyMemory<char>>();
        var spaces = !_options.Separators.Contains(' ');
        for (var at = 0; at <= line.Length;)
        {
            while (spaces && at < line.Length && line[at] == ' ')
                at++;
            if (_options.AllowQuoting && at < line.Length && line[at] == '"')
            {
                fields.Add(Unquote(line, ref at));
            }
            else
            {
                var end = line.AsSpan(at).IndexOfAny(_options.Separators) is >= 0 and var length ? at + length : line.Length;
                fields.Add(line.AsMemory(at, end - at));
                at = end;
            }
            at++;
        }
        return fields;
    }

    // Leaves the position at the separator; a field with anything but spaces after its closing quote is empty.
    private ReadOnlyMemory<char> Unquote(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
                text.Append(line[at]);
            else if (at + 1 < line.Length && line[at + 1] == '"')
                text.Append(line[at++]);
            else
                break;
        }
        var closed = at++ < line.Length;
        var bad = !closed;
        for (; at < line.Length && !_options.Separators.Contains(line[at]); at++)
            bad |= line[at] != ' ';
        return bad ? default : text.ToString().AsMemory();
    }

    /// <summary>One column of the table.</summary>
    public sealed class Column
    {
        public string Name;
        public Range[] Source;

        public Column(string name, DataKind dataKind, int index)
            : this(name, dataKind, [new Range(index)])
        {
        }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex)
            : this(name, dataKind, [new Range(minIndex, maxIndex)])
        {
        }

        // The real one takes a key count too, which stays out until somebody needs it.
        public Column(string name, DataKind dataKind, Range[] source)
            => (Name, DataKind, Source) = (Contracts.CheckValue(name, nameof(name)), dataKind, Contracts.CheckValue(source, nameof(source)));

        public DataKind DataKind { get; set; } = DataKind.Single;
    }

    /// <summary>Fields of a line; the maximum must be given here.</summary>
    public sealed class Range
    {
        public int Min;
        public int? Max;
        public bool ForceVector;

        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            (Min, Max) = (index, index);
        }

        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(max >= min, nameof(max), "If specified, must be greater than or equal to min");
            (Min, Max, ForceVector) = (min, max, true);
        }
    }

    /// <summary>The form of the text.</summary>
    public class Options
    {
        public bool AllowQuoting;
        public char[] Separators = ['\t'];
        public Column[] Columns;
        public bool TrimWhitespace;
        public bool HasHeader;
        public bool MissingRealsAsNaNs;
    }

    private sealed class Field
    {
        public Field(Column column)
        {
            Contracts.CheckParam(column.DataKind is DataKind.Single or DataKind.String, nameof(DataKind), "The stand-in reads Single and String.");
            Name = column.Name.Trim();
            Sources = [.. column.Source.SelectMany(range => Enumerable.Range(range.Min, range.Max.Value - range.Min + 1))];
            Item = column.DataKind == DataKind.String ? TextDataViewType.Instance : NumberDataViewType.Single;
            Type = Sources.Length == 1 && !column.Source[0].ForceVector ? Item : new VectorDataViewType(Item, Sources.Length);
        }

        public string Name { get; }
        public int[] Sources { get; }
        public PrimitiveDataViewType Item { get; }
        public DataViewType Type { get; }

        public Delegate Getter(Func<List<ReadOnlyMemory<char>>> line, bool emptyIsMissing) => Item is TextDataViewType
            ? Getter(line, text => text, (text, isThere) => !text.IsEmpty || (emptyIsMissing && isThere))
            : Getter(line, text => Parse(text, emptyIsMissing), (text, _) => !text.IsEmpty || emptyIsMissing);

        private Delegate Getter<TItem>(Func<List<ReadOnlyMemory<char>>> line, Func<ReadOnlyMemory<char>, TItem> parse, Func<ReadOnlyMemory<char>, bool, bool> given)
        {
            if (Type is not VectorDataViewType)
                return (ValueGetter<TItem>)((ref TItem value) => value = parse(At(line(), Sources[0])));
            return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
            {
                var fields = line();
                bool Given(int source) => given(At(fields, source), source < fields.Count);
                var count = Sources.Count(Given);
                var editor = VBufferEditor.Create(ref value, Sources.Length, count > Sources.Length / 2 ? Sources.Length : count);
                for (var (i, at) = (0, 0); i < Sources.Length; i++)
                {
                    if (editor.Indices.Length > 0 && Given(Sources[i]))
                        editor.Indices[at] = i;
                    else if (count <= Sources.Length / 2)
                        continue;
                    editor.Values[at++] = parse(At(fields, Sources[i]));
                }
                value = editor.Commit();
            });
        }

        private static ReadOnlyMemory<char> At(List<ReadOnlyMemory<char>> fields, int index) => index < fields.Count ? fields[index] : default;

        private static float Parse(ReadOnlyMemory<char> text, bool emptyIsMissing)
        {
            var span = text.Span.Trim();
            return span.IsEmpty ? (emptyIsMissing ? float.NaN : 0)
                : double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (float)value : float.NaN;
        }
    }

    private sealed class View(TextLoader loader, string path) : ViewBase(loader._schema)
    {
        public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
            => new Cursor(loader, path, Schema.Active(columnsNeeded));
    }

    private sealed class Cursor : CountingCursor
    {
        private readonly TextLoader _loader;
        private readonly IEnumerator<string> _lines;
        private readonly Delegate[] _getters;
        private List<ReadOnlyMemory<char>> _line;

        public Cursor(TextLoader loader, string path, bool[] active)
            : base(loader._schema)
        {
            _loader = loader;
            _lines = Lines(path).Skip(loader._options.HasHeader ? 1 : 0).GetEnumerator();
            _getters = [.. loader._fields.Select((field, i) => active[i] ? field.Getter(() => _line, loader._options.MissingRealsAsNaNs) : null)];
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
            if (!_lines.MoveNext())
                return false;
            _line = _loader.Split(_lines.Current);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _lines.Dispose();
            base.Dispose(disposing);
        }
    }
}
