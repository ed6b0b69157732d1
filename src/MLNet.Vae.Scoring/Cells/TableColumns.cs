using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>Where the columns of a table are in a schema. Immutable.</summary>
internal sealed class TableColumns
{
    private readonly IReadOnlyList<VaeTableColumn> _modelled;
    private readonly IReadOnlyList<FieldMap> _maps;

    private TableColumns(VaeTableInfo info, IReadOnlyList<DataViewSchema.Column> columns)
    {
        _modelled = info.Modelled;
        _maps = [.. _modelled.SelectMany(column => column.Fields).Select(field => new FieldMap(field))];
        Columns = columns;
        Width = _modelled.Sum(column => column.FeatureCount);
    }

    /// <summary>The columns that are modelled, where they were found.</summary>
    public IReadOnlyList<DataViewSchema.Column> Columns { get; }

    /// <summary>Features of a row.</summary>
    public int Width { get; }

    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public static TableColumns Of(IExceptionContext context, DataViewSchema schema, VaeTableInfo info)
    {
        var (columns, faults) = (new List<DataViewSchema.Column>(), new List<string>());
        foreach (var column in info.Modelled)
        {
            if (schema.GetColumnOrNull(column.Name) is not { } found)
                faults.Add($"column '{column.Name}' is missing: expected {column.Type}, as in training");
            else if (Fault(column, found) is { } fault)
                faults.Add(fault);
            else
                columns.Add(found);
        }
        return faults.Count == 0 ? new(info, columns) : throw context.Process(new ArgumentOutOfRangeException(
            nameof(schema),
            $"The rows are not of the table that was trained on: {string.Join("; ", faults)}. Give rows with the columns of "
                + "training, converted to their types."));
    }

    /// <summary>Reads rows as features. One per cursor.</summary>
    public TableReader Reader(DataViewRow row)
    {
        var maps = _maps.GetEnumerator();
        return new([.. _modelled.Zip(Columns, (column, found) =>
            CellReader.Of(row, row.Schema[found.Index], [.. column.Fields.Select(_ => maps.MoveNext() ? maps.Current : null!)]))]);
    }

    private static string? Fault(VaeTableColumn column, DataViewSchema.Column found)
    {
        if (CellType.Of(found.Type) is not { } type || !CellType.Fits(column.Type, type))
            return $"column '{column.Name}' is {found.Type}: expected {column.Type}, as in training";
        if (CellType.IsVector(type) && ((VectorDataViewType)found.Type).Size is var size && size != column.FeatureCount)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"column '{column.Name}' has {size} values: expected {column.FeatureCount}, as in training");
        }
        return null;
    }
}
