using System.Globalization;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>A column of a table with what turns its values, wherever they come from, into features. Immutable.</summary>
internal sealed class ColumnMap
{
    private const NumberStyles Numbers = NumberStyles.Float;

    private readonly FieldMap[] _maps;
    private readonly bool _isSingle;

    public ColumnMap(VaeTableColumn column)
    {
        Column = column;
        _maps = [.. column.Fields.Select(field => new FieldMap(field))];
        _isSingle = column.Type == nameof(Single);
        Kind = column.Type switch
        {
            _ when column.IsText => ColumnValue.Text,
            "Boolean" => ColumnValue.Boolean,
            "DateTime" => ColumnValue.Time,
            _ when column.Type.StartsWith("Vector<", StringComparison.Ordinal) => ColumnValue.Vector,
            _ => ColumnValue.Number,
        };
    }

    public VaeTableColumn Column { get; }

    public ColumnValue Kind { get; }

    /// <summary>What a value must be, for an error.</summary>
    public string Expected => Kind switch
    {
        ColumnValue.Text => "a text",
        ColumnValue.Boolean => "true or false",
        ColumnValue.Time => "a time by ISO 8601",
        ColumnValue.Vector => FormattableString.Invariant($"a vector of {Column.FeatureCount:N0} numbers"),
        _ => "a finite number",
    };

    /// <returns>Whether a feature is of this column; its field then.</returns>
    public VaeTableField? FieldOf(int feature)
        => _maps.FirstOrDefault(map => feature >= map.Field.Start && feature < map.Field.Start + map.Field.Count)?.Field;

    /// <summary>The value is missing.</summary>
    public void Forget(Span<float> features)
    {
        foreach (var map in _maps)
            map.Forget(features);
    }

    /// <summary>Of a text; an empty one is missing.</summary>
    public void Write(ReadOnlySpan<char> text, Span<float> features) => _maps[0].Write(text, features);

    /// <summary>Of true or false.</summary>
    public void Write(bool flag, Span<float> features) => _maps[0].Write(flag ? 1 : 0, features);

    /// <summary>Of a number, as a view has it, whose column is of the type of training; NaN is missing.</summary>
    public void Write(double number, Span<float> features) => _maps[0].Write(_isSingle ? (float)number : number, features);

    /// <summary>Of a time.</summary>
    public void Write(DateTime time, Span<float> features)
        => TimeParts.Write(_maps, time.Ticks / (double)TimeSpan.TicksPerSecond, features);

    /// <summary>A cell of a file of text, whatever the culture; an empty one is missing.</summary>
    /// <returns>Whether it is what is expected; that of a vector never is.</returns>
    public bool TryRead(ReadOnlySpan<char> cell, Span<float> features)
    {
        if (cell.IsEmpty)
        {
            Forget(features);
            return true;
        }
        switch (Kind)
        {
            case ColumnValue.Text:
                Write(cell, features);
                return true;
            case ColumnValue.Boolean when CellText.TryFlag(cell, out var flag):
                Write(flag, features);
                return true;
            case ColumnValue.Time when CellText.TryTime(cell, out var time, out _):
                Write(time, features);
                return true;
            // As single precision at once: by way of double precision a last bit may differ.
            case ColumnValue.Number when _isSingle && float.TryParse(cell, Numbers, CultureInfo.InvariantCulture, out var number):
                Write(number, features);
                return !float.IsInfinity(number);
            case ColumnValue.Number when !_isSingle && double.TryParse(cell, Numbers, CultureInfo.InvariantCulture, out var number):
                Write(number, features);
                return !double.IsInfinity(number);
            default:
                return false;
        }
    }

    /// <summary>Where the numbers of a vector go.</summary>
    public Span<float> Vector(Span<float> features) => features.Slice(_maps[0].Field.Start, _maps[0].Field.Count);
}
