using System.Text;
using MLNet.Vae.Cells;

namespace MLNet.Vae.Partitions;

/// <summary>Rows of a table below a header, which every range of the file reads the first line for.</summary>
internal sealed class CsvTable
{
    private const int ShownCharacters = 40;

    private readonly string _path;
    private readonly CsvLine _line = new();
    private readonly (ColumnMap Map, int Field)[] _columns;
    private readonly int _fields;

    // Of the first row.
    private readonly long _start;

    /// <exception cref="InvalidDataException">The file has not the columns of the table.</exception>
    private CsvTable(string path, VaeTableInfo table)
    {
        _path = path;
        var header = Header(path);
        (_fields, _start) = (header.Length, LineRange.SecondLine(path));
        var faults = new List<string>();
        _columns = [.. table.Modelled.Select(column => new ColumnMap(column)).Select(map => (map, FieldOf(map, header, faults)))];
        if (faults.Count > 0)
        {
            var found = string.Join(", ", header.Select(name => $"\"{Short(name)}\""));
            throw new InvalidDataException(
                $"'{path}', line 1: {string.Join("; ", faults)}. The columns are: {found}. Give a header with the names of training, "
                    + "separated by commas.");
        }
    }

    /// <param name="partition">A file and a range of its bytes.</param>
    /// <param name="table">What the model knows of it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Rows <c>[n, D]</c>, NaN where a value is missing.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds other rows; says which line, column and value.</exception>
    public static IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeTableInfo table, CancellationToken cancellation)
    {
        var csv = new CsvTable(partition.Source, table);
        var width = csv._columns.Sum(column => column.Map.Column.FeatureCount);
        return LineRows.Read(
            new(partition.Source, Math.Max(partition.From, csv._start), partition.To),
            width,
            mayBeEmpty: csv._fields == 1,
            csv.Parse,
            cancellation);
    }

    private static string[] Header(string path)
    {
        using var lines = new LineRange(path, 0, long.MaxValue);
        if (!lines.TryRead(out var first) || first.IsEmpty)
            throw new InvalidDataException($"'{path}': expected a header with the columns of the table, found no first line.");
        var line = new CsvLine();
        if (line.Read(first) is { } fault)
            throw new InvalidDataException($"'{path}', line 1: {fault}.");
        return [.. Enumerable.Range(0, line.Count).Select(field => line[field].ToString())];
    }

    private static int FieldOf(ColumnMap map, string[] header, List<string> faults)
    {
        var name = map.Column.Name;
        if (map.Kind == ColumnValue.Vector)
            faults.Add($"column \"{name}\" is a vector, which a cell cannot hold: expected it in a Parquet file");
        else if (header.Count(other => other == name) is var count && count != 1)
            faults.Add(count == 0 ? $"column \"{name}\" is missing: expected {map.Expected}" : $"column \"{name}\" is there {count} times");
        return Array.IndexOf(header, name);
    }

    private void Parse(ReadOnlySpan<byte> bytes, Span<float> row, long at)
    {
        if (_line.Read(bytes) is { } fault)
            throw new InvalidDataException($"{Where(at)}: {fault}. The line: {Excerpt(bytes)}.");
        if (_line.Count != _fields)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{Where(at)}: expected {_fields:N0} values as in the header, found ")
                + FormattableString.Invariant($"{_line.Count:N0}. Put a value with commas in quotes. The line: {Excerpt(bytes)}."));
        }
        foreach (var (map, field) in _columns)
        {
            if (!map.TryRead(_line[field], row))
            {
                throw new InvalidDataException(
                    $"{Where(at)}: column \"{map.Column.Name}\": expected {map.Expected}, found \"{Short(_line[field].ToString())}\". "
                        + "Write numbers with a point, times as 2026-03-01 08:30:00, and nothing where a value is missing.");
            }
        }
    }

    private string Where(long at) => FormattableString.Invariant($"'{_path}', line that begins at byte {at}");

    private static string Excerpt(ReadOnlySpan<byte> line)
        => Short(Encoding.UTF8.GetString(line[..Math.Min(line.Length, ShownCharacters + 1)]));

    private static string Short(string text) => text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
}
