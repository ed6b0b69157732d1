using MLNet.Vae.Cells;

namespace MLNet.Vae.Rows;

/// <summary>Reads rows of a table as a <c>VaeTableTransformer</c> does.</summary>
internal sealed class TableRowReader : RowReader
{
    private readonly (ColumnMap Map, VaeServedColumn Served)[] _columns;

    public TableRowReader(VaeModelInfo info, VaeTableInfo table) : base(info)
    {
        _columns = [.. table.Modelled.Select(column => new ColumnMap(column)).Select(map => (map, Served(map)))];
        Columns = [.. _columns.Select(column => column.Served)];
    }

    public override IReadOnlyList<VaeServedColumn> Columns { get; }

    private protected override void ReadColumns<TRow>(TRow row, Span<float> features, Span<float> condition, RowFaults faults)
    {
        foreach (var (map, _) in _columns)
        {
            if (faults.IsFull)
                return;
            if (!row.TryGet(map.Column.Name, out var value))
                faults.Add(map.Column.Name, null, null, $"{map.Expected}, or null where it is missing", "no such column");
            else if (map.Kind == ColumnValue.Vector)
                ReadVector(map.Column.Name, value, null, true, map.Vector(features), faults);
            else if (value.IsNull)
                map.Forget(features);
            else if (!Read(map, value, features))
                faults.Add(map.Column.Name, null, null, map.Expected, value.Found);
        }
    }

    private protected override void Fault(int feature, string expected, string found, RowFaults faults)
    {
        foreach (var (map, _) in _columns)
        {
            if (map.FieldOf(feature) is not { } field)
                continue;
            faults.Add(map.Column.Name, map.Kind == ColumnValue.Vector ? feature - field.Start : null, null, expected, found);
            return;
        }
    }

    private static bool Read(ColumnMap map, RowValue value, Span<float> features)
    {
        switch (map.Kind)
        {
            case ColumnValue.Text when value.Text is { } text:
                map.Write(text, features);
                return true;
            case ColumnValue.Boolean when value.Flag is { } flag:
                map.Write(flag, features);
                return true;
            case ColumnValue.Number when value.Number is { } number && !double.IsInfinity(number):
                map.Write(number, features);
                return true;
            case ColumnValue.Time when value.Time is { } time:
                map.Write(time, features);
                return true;
            default:
                return false;
        }
    }

    private static VaeServedColumn Served(ColumnMap map)
    {
        var type = map.Kind switch
        {
            ColumnValue.Text => VaeServedType.Text,
            ColumnValue.Boolean => VaeServedType.Boolean,
            ColumnValue.Time => VaeServedType.Time,
            ColumnValue.Vector => VaeServedType.Vector,
            _ => VaeServedType.Number,
        };
        return new(map.Column.Name, type, type == VaeServedType.Vector ? map.Column.FeatureCount : null, IsNullable: true);
    }
}
