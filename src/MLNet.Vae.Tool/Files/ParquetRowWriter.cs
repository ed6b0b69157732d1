using System.Globalization;
using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace MLNet.Vae.Tool.Files;

/// <summary>Writes a Parquet file, a row group at a time.</summary>
internal sealed class ParquetRowWriter(Stream stream, IReadOnlyList<OutputColumn> columns) : RowWriter
{
    private const int GroupRows = 1 << 16;

    private readonly ParquetSchema _schema = new(columns.Select(column => column.Field));
    private readonly List<IDictionary<string, object?>> _rows = [];
    private bool _hasGroup;

    public override void Write(IReadOnlyList<object?> cells)
    {
        var row = new Dictionary<string, object?>(columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            // A name that is absent is a null.
            if (Value(cells[i], columns[i].Field) is { } value)
                row[columns[i].Name] = value;
        }
        _rows.Add(row);
        if (_rows.Count == GroupRows)
            WriteGroup();
    }

    public override void Complete()
    {
        if (_rows.Count > 0 || !_hasGroup)
            WriteGroup();
    }

    public override void Dispose()
    {
    }

    private void WriteGroup()
    {
        ParquetSerializer.SerializeUntypedAsync(_rows, _schema, stream, new ParquetOptions { Append = _hasGroup }).GetAwaiter().GetResult();
        _hasGroup = true;
        _rows.Clear();
    }

    private static object? Value(object? cell, DataField field)
    {
        var type = field.ClrType;
        if (cell is null or float.NaN or double.NaN)
            return null;
        if (cell.GetType() == type)
            return cell;
        var isText = type == typeof(string) || type == typeof(ReadOnlyMemory<char>);
        if (cell is string text && MissingTexts.Contains(text) && (!isText || text.Length == 0))
            return null;
        return isText ? FileCells.Text(cell)
            : type == typeof(DateTime) ? FileCells.Time(cell)
            : type == typeof(DateOnly) ? DateOnly.FromDateTime(FileCells.Time(cell))
            : type == typeof(bool) ? FileCells.Flag(cell)
            : type == typeof(float) ? FileCells.Single(cell)
            : Convert.ChangeType(cell is string or float or double && IsInteger(type) ? Math.Round(FileCells.Number(cell))
                : cell is string ? FileCells.Number(cell) : cell, type, CultureInfo.InvariantCulture);
    }

    private static bool IsInteger(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
}
