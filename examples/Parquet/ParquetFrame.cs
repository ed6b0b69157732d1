using System.Globalization;
using Microsoft.Data.Analysis;
using Parquet.Schema;
using Parquet.Serialization;

namespace ParquetTables;

/// <summary>A Parquet file as a data frame, which ML.NET reads as it is.</summary>
internal static class ParquetFrame
{
    /// <summary>Reads the file into memory; columns that are structures or lists are left out.</summary>
    public static async Task<DataFrame> Read(FileInfo path)
    {
        await using var file = path.OpenRead();
        var read = await ParquetSerializer.DeserializeUntypedAsync(file);
        return new(read.Schema.Fields.OfType<DataField>().Where(field => !field.IsArray)
            .Select(field => Column(field, read.Data.Select(row => row.GetValueOrDefault(field.Name)))));
    }

    // A data frame hands a null of float, double, text or DateTime to ML.NET as a missing value, but one of an integer as 0 and one of a
    // Boolean as false: those become double, in which a whole number up to 2^53 is itself.
    private static DataFrameColumn Column(DataField field, IEnumerable<object?> values) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.Decimal) => new DoubleDataFrameColumn(
            field.Name, values.Select(value => value is null ? (double?)null : Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        TypeCode.DateTime => new DateTimeDataFrameColumn(field.Name, values.Cast<DateTime?>()),
        _ => new StringDataFrameColumn(field.Name, values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))),
    };
}
