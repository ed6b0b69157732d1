using MLNet.Vae.Cells;
using Parquet.Schema;

namespace MLNet.Vae.Partitions;

/// <summary>Which columns of a Parquet file are which features of a model.</summary>
internal sealed class ParquetLayout
{
    private const int ShownColumns = 20;

    private readonly string _path;
    private readonly ILookup<string, Field> _fields;
    private readonly List<Cell> _cells = [];
    private readonly List<string> _faults = [];

    private ParquetLayout(string path, IReadOnlyList<Field> fields, VaeModelInfo model)
    {
        (_path, _fields) = (path, fields.ToLookup(field => field.Name));
        if (model.Table is { } table)
        {
            foreach (var column in table.Modelled)
                Add(new ColumnMap(column));
        }
        else
        {
            Add(model.Columns.Features, model.FeatureNames, 0, model.FeatureCount);
            if (model.ConditionCount > 0)
                Add(model.Columns.Condition ?? "Condition", model.ConditionNames, model.FeatureCount, model.ConditionCount);
        }
        if (_faults.Count == 0)
            return;
        var found = string.Join(", ", fields.Take(ShownColumns).Select(field => $"\"{field.Name}\""));
        throw new InvalidDataException(
            $"'{path}': {string.Join("; ", _faults)}. The columns are: {found}{(fields.Count > ShownColumns ? ", …" : "")}. Give a file "
                + "with the columns of training, of their types.");
    }

    /// <summary>Writes the value of a row.</summary>
    /// <returns>What is wrong with it; <see langword="null"/>: nothing.</returns>
    private delegate string? Take(int row, Span<float> values);

    /// <summary>The columns that are read.</summary>
    public IEnumerable<ParquetColumn> Columns => _cells.Select(cell => cell.Column);

    /// <param name="path">Of the file.</param>
    /// <param name="fields">Its columns.</param>
    /// <param name="model">Whose features are read.</param>
    /// <exception cref="InvalidDataException">Columns are missing or of another type; the message says all of it.</exception>
    public static ParquetLayout Of(string path, IReadOnlyList<Field> fields, VaeModelInfo model) => new(path, fields, model);

    /// <param name="group">Of the file, for an error.</param>
    /// <param name="row">Of the group that is decoded.</param>
    /// <param name="values">Takes <c>[D + C]</c>, NaN where a value is missing.</param>
    /// <exception cref="InvalidDataException">A value is none that the model reads; says where.</exception>
    public void Read(int group, int row, Span<float> values)
    {
        foreach (var cell in _cells)
        {
            if (cell.Take(row, values) is { } fault)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"'{_path}', row {row:N0} of row group {group:N0} (both counted from 0): column ")
                        + $"\"{cell.Column.Name}\": {fault}. Mend the row, or leave the value out (null) where it is missing.");
            }
        }
    }

    /// <summary>A column of a table.</summary>
    private void Add(ColumnMap map)
    {
        if (Find(map.Column.Name) is not { } column)
            _faults.Add($"column \"{map.Column.Name}\" is missing: expected {map.Expected}");
        else if (TakeOf(map, column) is { } take)
            _cells.Add(new(column, take));
        else
            _faults.Add($"column \"{map.Column.Name}\": expected {map.Expected}, found {column.Found}");
    }

    private static Take? TakeOf(ColumnMap map, ParquetColumn column)
    {
        if (column.IsList)
        {
            return map.Kind == ColumnValue.Vector && column.IsNumber
                ? (row, values) => Copy(column.List(row), map.Vector(values))
                : null;
        }
        return map.Kind switch
        {
            ColumnValue.Text when column.IsText => (row, values) => Put(map, column.Text(row), values),
            ColumnValue.Time when column.IsTime => (row, values) => Put(map, column.Time(row), values),
            ColumnValue.Boolean when column.IsFlag => (row, values) => Put(map, column.Number(row), values),
            ColumnValue.Number when column.IsNumber => (row, values) => Put(map, column.Number(row), values),
            _ => null,
        };
    }

    /// <summary>Numbers of a model without a table: a column of lists, or of a number each.</summary>
    private void Add(string name, IReadOnlyList<string>? names, int start, int count)
    {
        if (Find(name) is { IsNumber: true } column && (column.IsList || count == 1))
        {
            _cells.Add(new(column, (row, values) => column.IsList
                ? Copy(column.List(row), values.Slice(start, count))
                : Put((float)column.Number(row), values, start)));
            return;
        }
        var columns = names?.Select(Find).ToList();
        if (columns is null || columns.Any(other => other is not { IsNumber: true, IsList: false }))
        {
            _faults.Add(FormattableString.Invariant($"expected a column \"{name}\" of lists of {count:N0} numbers")
                + (names is null ? "" : FormattableString.Invariant($", or {count:N0} columns of numbers, \"{names[0]}\" and so on")));
            return;
        }
        for (var i = 0; i < count; i++)
        {
            var (one, slot) = (columns[i]!, start + i);
            _cells.Add(new(one, (row, values) => Put((float)one.Number(row), values, slot)));
        }
    }

    private ParquetColumn? Find(string name) => _fields[name].FirstOrDefault() is { } field ? ParquetColumn.Of(field) : null;

    private static string? Put(ColumnMap map, string? text, Span<float> values)
    {
        map.Write(text, values);
        return null;
    }

    private static string? Put(ColumnMap map, DateTime? time, Span<float> values)
    {
        if (time is { } given)
            map.Write(given, values);
        else
            map.Forget(values);
        return null;
    }

    private static string? Put(ColumnMap map, double number, Span<float> values)
    {
        map.Write(number, values);
        return double.IsInfinity(number) ? $"expected {map.Expected}, found infinity" : null;
    }

    private static string? Put(float value, Span<float> values, int slot)
    {
        values[slot] = value;
        return null;
    }

    /// <summary>No list at all is one that is missing.</summary>
    private static string? Copy(ReadOnlySpan<double> list, Span<float> values)
    {
        values.Fill(float.NaN);
        if (list.Length > 0 && list.Length != values.Length)
            return FormattableString.Invariant($"expected a list of {values.Length:N0} numbers, found one of {list.Length:N0}");
        for (var i = 0; i < list.Length; i++)
            values[i] = (float)list[i];
        return null;
    }

    /// <param name="Column">Of the file.</param>
    /// <param name="Take">Writes its value of a row.</param>
    private sealed record Cell(ParquetColumn Column, Take Take);
}
