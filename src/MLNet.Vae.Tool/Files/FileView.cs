using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tool.Files;

/// <summary>A file as ML.NET reads it: lazily, in the order of the file. A cursor holds one row.</summary>
internal sealed class FileView(TableFile file, CancellationToken cancellationToken) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = SchemaOf(file);

    public long? GetRowCount() => file.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new FileCursor(file, Schema, columnsNeeded, cancellationToken);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(TableFile file)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in file.Columns)
        {
            schema.AddColumn(column.Name, column.Kind switch
            {
                CellKind.Text => TextDataViewType.Instance,
                CellKind.Single => NumberDataViewType.Single,
                CellKind.Double => NumberDataViewType.Double,
                CellKind.Time => DateTimeDataViewType.Instance,
                _ => BooleanDataViewType.Instance,
            });
        }
        return schema.ToSchema();
    }
}
