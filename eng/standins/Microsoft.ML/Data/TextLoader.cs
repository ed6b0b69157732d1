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
        var width = 0;
        string[] header = null;
        if (samplePath is not null)
        {
            var lines = Lines(samplePath).Take(2).Select(Split).ToArray();
            width = lines.Length > 0 ? lines[^1].Count : 0;
            header = _options.HasHeader && lines.Length > 0 ? [.. lines[0].Select(name => name.Trim().ToString())] : null;
        }
        env.CheckParam(width > 0 || !columns.Any(c => c.Source.Any(range => range.Max is null)), nameof(Column.Source),
            "Can't determine the number of source columns without valid data");
        _fields = [.. columns.Select(column => new Field(column, width))];

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

        public Column()
        {
        }

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

    /// <summary>Fields of a line; without a maximum, to its end.</summary>
    public sealed class Range
    {
        public int Min;
        public int? Max;
        public bool AutoEnd;
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), "Must be non-negative");
            (Min, Max) = (index, index);
        }

        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), "Must be non-negative");
            Contracts.CheckParam(!(max < min), nameof(max), "If specified, must be greater than or equal to min");
            (Min, Max, ForceVector, AutoEnd) = (min, max, true, max is null);
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
        public long? MaxRows;
        public bool MissingRealsAsNaNs;
    }

    private sealed class Field
    {
        public Field(Column column, int width)
        {
            Name = column.Name.Trim();
            Sources = [.. column.Source.SelectMany(range => Enumerable.Range(range.Min, (range.Max ?? (width - 1)) - range.Min + 1))];
            Item = PrimitiveTypes.Of(column.DataKind);
            Type = Sources.Length == 1 && !column.Source[0].ForceVector ? Item : new VectorDataViewType(Item, Sources.Length);
        }

        public string Name { get; }
        public int[] Sources { get; }
        public PrimitiveDataViewType Item { get; }
        public DataViewType Type { get; }

        public Delegate Getter(Func<List<ReadOnlyMemory<char>>> line, Options options)
            => (Delegate)Generic.Call(Getter<int>, Item.RawType, line, Parser(Item, Name, options.MissingRealsAsNaNs), options);

        private Delegate Getter<TItem>(Func<List<ReadOnlyMemory<char>>> line, Delegate parser, Options options)
        {
            var parse = (Func<ReadOnlyMemory<char>, TItem>)parser;
            if (Type is not VectorDataViewType)
                return (ValueGetter<TItem>)((ref TItem value) => value = parse(At(line(), Sources[0])));
            return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
            {
                var fields = line();
                bool Given(int source) => !At(fields, source).IsEmpty || (options.MissingRealsAsNaNs && (source < fields.Count || Item == NumberDataViewType.Single || Item == NumberDataViewType.Double));
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

        private static Delegate Parser(PrimitiveDataViewType type, string name, bool emptyIsMissing)
        {
            if (type is TextDataViewType)
                return (ReadOnlyMemory<char> text) => text;
            if (type is BooleanDataViewType)
                return (ReadOnlyMemory<char> text) => ParseBoolean(text, name);
            if (type == NumberDataViewType.Single)
                return (ReadOnlyMemory<char> text) => (float)ParseReal(text, emptyIsMissing);
            if (type == NumberDataViewType.Double)
                return (ReadOnlyMemory<char> text) => ParseReal(text, emptyIsMissing);
            return (Delegate)Generic.Call(Integers<int>, type.RawType, name);
        }

        private static Func<ReadOnlyMemory<char>, TItem> Integers<TItem>(string name)
            where TItem : System.Numerics.INumberBase<TItem>
            => text => text.Span.Trim().IsEmpty ? TItem.Zero
                : TItem.TryParse(text.Span, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(text, name);

        private static double ParseReal(ReadOnlyMemory<char> text, bool emptyIsMissing)
        {
            var span = text.Span.Trim();
            return span.IsEmpty ? (emptyIsMissing ? double.NaN : 0)
                : double.TryParse(span, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
        }

        private static bool ParseBoolean(ReadOnlyMemory<char> text, string name) => text.ToString().ToUpperInvariant() switch
        {
            "" or "F" or "FALSE" or "N" or "NO" or "0" or "-" or "-1" => false,
            "T" or "TRUE" or "Y" or "YES" or "1" or "+" or "+1" => true,
            _ => throw Bad(text, name),
        };

        private static Exception Bad(ReadOnlyMemory<char> text, string name) => Contracts.ExceptDecode(null, $"Parsing failed with an exception: Could not parse value {text} in column {name}");
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
            _lines = Lines(path).Skip(loader._options.HasHeader ? 1 : 0).Take((int)Math.Min(loader._options.MaxRows ?? int.MaxValue, int.MaxValue)).GetEnumerator();
            _getters = [.. loader._fields.Select((field, i) => active[i] ? field.Getter(() => _line, loader._options) : null)];
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
