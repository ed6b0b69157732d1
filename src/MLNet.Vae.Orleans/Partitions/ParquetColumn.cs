using System.Numerics;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace MLNet.Vae.Partitions;

/// <summary>A column of a Parquet file, a row group of which is in memory: numbers, texts or times, one in each row or a list.</summary>
internal sealed class ParquetColumn(DataField source)
{
    // Numbers, with true as 1 and NaN where one is missing, or times.
    private double[] _numbers = [];
    private DateTime?[] _times = [];
    private string?[] _texts = [];

    // Of a list, where each row begins, and behind the last one the end.
    private int[] _starts = [];

    public string Name { get; } = source.Path.FirstPart!;

    public bool IsList => source.MaxRepetitionLevel == 1;

    public bool IsText => source.ClrType == typeof(string) || source.ClrType == typeof(ReadOnlyMemory<char>);

    public bool IsFlag => source.ClrType == typeof(bool);

    public bool IsTime => source.ClrType == typeof(DateTime) || source.ClrType == typeof(DateOnly)
        || source.ClrType == typeof(DateTimeOffset);

    public bool IsNumber => IsFlag || Type.GetTypeCode(source.ClrType) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>What it is, for an error.</summary>
    public string Found => (IsList ? "a list of " : "") + (
        IsFlag ? "true or false" : IsNumber ? "numbers" : IsTime ? "times" : IsText ? "texts" : source.ClrType.Name);

    /// <summary>A column that can be read; <see langword="null"/>: it holds structures, bytes or lists of lists.</summary>
    public static ParquetColumn? Of(Field field) => field switch
    {
        ListField { Item: DataField { MaxRepetitionLevel: 1 } item } => new(item),
        DataField { MaxRepetitionLevel: 0 or 1 } flat => new(flat),
        _ => null,
    };

    /// <summary>Reads all rows of a group.</summary>
    public Task Decode(ParquetRowGroupReader group) => source.ClrType switch
    {
        var type when type == typeof(bool) => Numbers<bool>(group, value => value ? 1 : 0),
        var type when type == typeof(sbyte) => Numbers<sbyte>(group),
        var type when type == typeof(byte) => Numbers<byte>(group),
        var type when type == typeof(short) => Numbers<short>(group),
        var type when type == typeof(ushort) => Numbers<ushort>(group),
        var type when type == typeof(int) => Numbers<int>(group),
        var type when type == typeof(uint) => Numbers<uint>(group),
        var type when type == typeof(long) => Numbers<long>(group),
        var type when type == typeof(ulong) => Numbers<ulong>(group),
        var type when type == typeof(float) => Numbers<float>(group),
        var type when type == typeof(double) => Numbers<double>(group),
        var type when type == typeof(decimal) => Numbers<decimal>(group),
        var type when type == typeof(DateTime) => Times<DateTime>(group, value => value),
        var type when type == typeof(DateTimeOffset) => Times<DateTimeOffset>(group, value => value.UtcDateTime),
        var type when type == typeof(DateOnly) => Times<DateOnly>(group, value => value.ToDateTime(default)),
        _ => Texts(group),
    };

    /// <summary>The number of a row, of true 1; NaN: it is missing.</summary>
    public double Number(int row) => _numbers[row];

    /// <summary>The text of a row; <see langword="null"/>: it is missing.</summary>
    public string? Text(int row) => _texts[row];

    /// <summary>The time of a row; <see langword="null"/>: it is missing.</summary>
    public DateTime? Time(int row) => _times[row];

    /// <summary>The list of a row, NaN where a number is missing.</summary>
    public ReadOnlySpan<double> List(int row) => _numbers.AsSpan(_starts[row].._starts[row + 1]);

    private Task Numbers<T>(ParquetRowGroupReader group) where T : struct, INumber<T> => Numbers<T>(group, double.CreateTruncating);

    private async Task Numbers<T>(ParquetRowGroupReader group, Func<T, double> number) where T : struct
        => _numbers = await Cells<T, double>(group, double.NaN, number);

    private async Task Times<T>(ParquetRowGroupReader group, Func<T, DateTime> time) where T : struct
        => _times = await Cells<T, DateTime?>(group, null, value => time(value));

    private async Task Texts(ParquetRowGroupReader group)
        => _texts = await Cells<ReadOnlyMemory<char>, string?>(group, null, value => value.ToString());

    /// <summary>A cell for each row, or each item of a list.</summary>
    /// <remarks>
    /// Dremel's levels (Melnik et al., Dremel: Interactive Analysis of Web-Scale Datasets, 2010): an item is there at the greatest
    /// definition level; one below it is null where items may be, and what is below that is a list without items. At repetition level 0 a
    /// row begins.
    /// </remarks>
    private async Task<TCell[]> Cells<T, TCell>(ParquetRowGroupReader group, TCell missing, Func<T, TCell> cell) where T : struct
    {
        using var raw = (RawColumnData<T>)await group.ReadRawColumnDataBaseAsync(source, CancellationToken.None);
        var values = raw.Values;
        var mayMiss = source.MaxDefinitionLevel > 0;
        var definitions = mayMiss ? raw.DefinitionLevels : [];
        var repetitions = IsList ? raw.RepetitionLevels : [];
        var least = IsList ? source.MaxDefinitionLevel - (source.IsNullable ? 1 : 0) : 0;
        var (cells, starts, taken) = (new List<TCell>(), new List<int>(), 0);
        for (var entry = 0; entry < (mayMiss ? definitions.Length : values.Length); entry++)
        {
            if (IsList && repetitions[entry] == 0)
                starts.Add(cells.Count);
            if (!mayMiss || definitions[entry] == source.MaxDefinitionLevel)
                cells.Add(cell(values[taken++]));
            else if (definitions[entry] >= least)
                cells.Add(missing);
        }
        starts.Add(cells.Count);
        _starts = [.. starts];
        return [.. cells];
    }
}
