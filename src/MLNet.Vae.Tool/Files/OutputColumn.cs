using Parquet.Schema;

namespace MLNet.Vae.Tool.Files;

/// <summary>A column that is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Field">What it is in a Parquet file.</param>
internal sealed record OutputColumn(string Name, DataField Field)
{
    /// <summary>How its times are written in a delimited file; null: by default.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Of values of a type.</summary>
    public static OutputColumn Of<T>(string name) => new(name, new DataField(name, typeof(T), isNullable: true));

    /// <summary>As in the file that was read.</summary>
    public static OutputColumn Of(FileColumn column) => new(column.Name, Nullable(column))
    {
        TimeFormat = column.TimeFormat,
    };

    private static DataField Nullable(FileColumn column) => column.Field switch
    {
        null => Of(column.Name, column.Kind),
        { IsNullable: true } field => field,
        DateTimeDataField or DecimalDataField or TimeDataField => column.Field,
        { ClrType: var type } => new DataField(column.Name, type, isNullable: true),
    };

    private static DataField Of(string name, CellKind kind) => new(name, kind switch
    {
        CellKind.Text => typeof(string),
        CellKind.Single => typeof(float),
        CellKind.Double => typeof(double),
        CellKind.Time => typeof(DateTime),
        _ => typeof(bool),
    }, isNullable: true);
}
