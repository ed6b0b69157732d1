using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Measures;

namespace MLNet.Vae.Reporting;

/// <summary>Reads views into <see cref="TableValues"/>s.</summary>
internal static class TableReader
{
    /// <summary>A sample of the view; its categories become known to the columns.</summary>
    public static TableValues Read(string view, IDataView data, IReadOnlyList<TableColumn> columns, int limit, int seed)
    {
        var selection = RowSelection.Of(data, limit, seed);
        var rows = selection.Numbers.Length;
        if (rows == 0)
            throw new InvalidOperationException(TableMessages.NoRows(view));
        double[][] values = [.. columns.Select(_ => new double[rows])];
        using var cursor = Open(new SelectedRows(data, selection), columns);
        Func<double>[] getters = [.. columns.Select(column => Getter(cursor, column, column.PlaceOf))];
        for (var row = 0; cursor.MoveNext(); row++)
        {
            for (var c = 0; c < getters.Length; c++)
            {
                var value = values[c][row] = getters[c]();
                if (double.IsInfinity(value))
                    throw new InvalidOperationException(TableMessages.Infinite(columns[c].Name, view, cursor.Position, value));
            }
        }

        return new(view, selection, values, new UniformStream(seed).Order(rows));
    }

    /// <summary>
    /// All rows of the view, in one array that is filled anew for each. A category that no column knows is −1.
    /// </summary>
    public static IEnumerable<double[]> All(IDataView data, IReadOnlyList<TableColumn> columns)
    {
        using var cursor = Open(data, columns);
        Func<double>[] getters = [.. columns.Select(column => Getter(cursor, column, column.KnownPlaceOf))];
        var values = new double[getters.Length];
        while (cursor.MoveNext())
        {
            for (var c = 0; c < getters.Length; c++)
                values[c] = getters[c]();
            yield return values;
        }
    }

    private static DataViewRowCursor Open(IDataView data, IReadOnlyList<TableColumn> columns) =>
        data.GetRowCursor(columns.Select(column => data.Schema[column.Name]));

    // A zero has one sign and NaN one pattern: equal values are equal bytes.
    private static Func<double> Getter(DataViewRow row, TableColumn column, Func<string, int> place)
    {
        var source = row.Schema[column.Name];
        if (column.IsNumber)
        {
            var number = SeriesGetters.Number(row, source);
            return () => number() is var value && double.IsNaN(value) ? double.NaN : value + 0.0;
        }

        if (source.Type is BooleanDataViewType)
        {
            var flag = SeriesGetters.Value<bool>(row, source);
            return () => place(flag() ? "true" : "false");
        }

        var text = SeriesGetters.Key(row, source);
        return () => text() is var name && name == SeriesGetters.MissingKey ? double.NaN : place(name);
    }
}
