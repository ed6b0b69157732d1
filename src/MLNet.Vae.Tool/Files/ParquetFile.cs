using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace MLNet.Vae.Tool.Files;

/// <summary>A Parquet file, read row group by row group. Structures, lists and bytes are left out.</summary>
internal sealed class ParquetFile : TableFile
{
    private readonly string _path;
    private readonly int _groups;

    private ParquetFile(string path, int groups) => (_path, _groups) = (path, groups);

    public static ParquetFile OpenParquet(string path, string name, ReadOptions options)
    {
        try
        {
            return OpenAsync(path, name, options).GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is IOException or ParquetException or NotSupportedException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{name}' begins as a Parquet file and cannot be read as one: {fault.Message}", fault);
        }
    }

    public override IEnumerable<object?[]> Rows()
    {
        for (var group = 0; group < _groups; group++)
        {
            using var file = File.OpenRead(_path);
            var read = ParquetSerializer.DeserializeUntypedAsync(file, rowGroupIndex: group).GetAwaiter().GetResult();
            foreach (var row in read.Data)
            {
                var cells = new object?[Columns.Count];
                for (var i = 0; i < cells.Length; i++)
                {
                    var cell = row.GetValueOrDefault(Columns[i].Name);
                    cells[i] = cell is ReadOnlyMemory<char> text ? text.ToString() : cell;
                }
                yield return cells;
            }
        }
    }

    public override bool IsMissing(object? cell) => cell is null or float.NaN or double.NaN or "";

    private static async Task<ParquetFile> OpenAsync(string path, string name, ReadOptions options)
    {
        await using var file = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(file);
        var fields = reader.Schema.Fields.OfType<DataField>().Where(IsCell).ToList();
        var rows = reader.Metadata!.RowGroups.Sum(group => group.NumRows);
        if (rows == 0 || fields.Count == 0)
            throw new InvalidDataException($"'{name}' has no rows of columns that hold text, numbers or times.");
        return new(path, reader.RowGroupCount)
        {
            Name = name,
            RowCount = rows,
            Columns = [.. fields.Select(field => new FileColumn(field.Name, Kind(field, name, options)) { Field = field })],
            LeftOut = [.. reader.Schema.Fields.Except(fields).Select(field => field.Name)],
        };
    }

    // An integer or a Boolean with nulls is a number with NaN: ML.NET's own have no value for what is missing.
    private static CellKind Kind(DataField field, string name, ReadOptions options)
    {
        var kind = Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Single => CellKind.Single,
            >= TypeCode.Int32 and <= TypeCode.Decimal => CellKind.Double,
            TypeCode.DateTime => CellKind.Time,
            _ => field.ClrType == typeof(DateOnly) || field.ClrType == typeof(DateTimeOffset) ? CellKind.Time : CellKind.Text,
        };
        if (options.TextColumns.Contains(field.Name))
            return CellKind.Text;
        if (!options.Expected.TryGetValue(field.Name, out var expected) || IsNumber(expected) == IsNumber(kind) && expected == kind)
            return kind;
        return (IsNumber(expected) && IsNumber(kind)) ? kind
            : expected == CellKind.Text || (expected == CellKind.Flag && IsNumber(kind)) ? expected
            : throw new InvalidDataException($"'{name}': column '{field.Name}' is {field.ClrType.Name}: expected "
                + $"{(expected == CellKind.Time ? "a time" : "numbers")}, as the model was trained on.");
    }

    private static bool IsCell(DataField field)
        => !field.IsArray && field.ClrType != typeof(byte[]) && field.ClrType != typeof(ReadOnlyMemory<byte>);

    private static bool IsNumber(CellKind kind) => kind is CellKind.Single or CellKind.Double;
}
