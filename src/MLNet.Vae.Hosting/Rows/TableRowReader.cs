using MLNet.Vae.Cells;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Rows;

/// <summary>Reads rows of a table as a <c>VaeTableTransformer</c> does.</summary>
internal sealed class TableRowReader : RowReader
{
    private readonly (VaeTableColumn Column, VaeServedColumn Served, FieldMap[] Maps)[] _columns;

    public TableRowReader(VaeModelInfo info, VaeTableInfo table) : base(info)
    {
        _columns =
        [
            .. table.Modelled.Select(column => (
                column, Served(column), column.Fields.Select(field => new FieldMap(field)).ToArray())),
        ];
        Columns = [.. _columns.Select(column => column.Served)];
    }

    public override IReadOnlyList<VaeServedColumn> Columns { get; }

    private protected override void ReadColumns<TRow>(TRow row, Span<float> features, Span<float> condition, RowFaults faults)
    {
        foreach (var (column, served, maps) in _columns)
        {
            if (faults.IsFull)
                return;
            if (!row.TryGet(column.Name, out var value))
                faults.Add(column.Name, null, null, $"{Expected(served)}, or null where it is missing", "no such column");
            else if (served.Type == VaeServedType.Vector)
                ReadVector(column.Name, value, null, true, features.Slice(maps[0].Field.Start, maps[0].Field.Count), faults);
            else if (value.IsNull)
                Forget(maps, features);
            else if (!Read(column, served.Type, maps, value, features))
                faults.Add(column.Name, null, null, Expected(served), value.Found);
        }
    }

    private protected override void Fault(int feature, string expected, string found, RowFaults faults)
    {
        foreach (var (column, served, maps) in _columns)
        {
            if (maps.FirstOrDefault(map => feature >= map.Field.Start && feature < map.Field.Start + map.Field.Count) is not { } map)
                continue;
            faults.Add(
                column.Name, served.Type == VaeServedType.Vector ? feature - map.Field.Start : null, null, expected, found);
            return;
        }
    }

    private static void Forget(FieldMap[] maps, Span<float> features)
    {
        foreach (var map in maps)
            map.Forget(features);
    }

    private static bool Read(VaeTableColumn column, VaeServedType type, FieldMap[] maps, RowValue value, Span<float> features)
    {
        switch (type)
        {
            case VaeServedType.Text when value.Text is { } text:
                maps[0].Write(text, features);
                return true;
            case VaeServedType.Boolean when value.Flag is { } flag:
                maps[0].Write(flag ? 1 : 0, features);
                return true;
            case VaeServedType.Number when value.Number is { } number && !double.IsInfinity(number):
                // As a view has it, whose column is of the type of training.
                maps[0].Write(column.Type == nameof(Single) ? (float)number : number, features);
                return true;
            case VaeServedType.Time when value.Time is { } time:
                TimeParts.Write(maps, time.Ticks / (double)TimeSpan.TicksPerSecond, features);
                return true;
            default:
                return false;
        }
    }

    private static VaeServedColumn Served(VaeTableColumn column)
    {
        var type = column.Type switch
        {
            "Text" or "Key" => VaeServedType.Text,
            "Boolean" => VaeServedType.Boolean,
            "DateTime" => VaeServedType.Time,
            _ when column.Type.StartsWith("Vector<", StringComparison.Ordinal) => VaeServedType.Vector,
            _ => VaeServedType.Number,
        };
        return new(column.Name, type, type == VaeServedType.Vector ? column.FeatureCount : null, IsNullable: true);
    }

    private static string Expected(VaeServedColumn column) => column.Type switch
    {
        VaeServedType.Text => "a text",
        VaeServedType.Boolean => "true or false",
        VaeServedType.Time => "a time by ISO 8601",
        VaeServedType.Vector => FormattableString.Invariant($"a vector of {column.Size:N0} numbers"),
        _ => "a finite number",
    };
}
