using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>What the columns of a row are in their own units: a number, a text, a time. Of the row as it stands at each call.</summary>
internal sealed class CellValues
{
    private readonly VaeTableColumn _column;
    private readonly IReadOnlyList<FieldMap> _maps;
    private readonly Func<int, double> _number;
    private readonly Func<int, int> _category;
    private readonly int _first;

    /// <param name="column">The column.</param>
    /// <param name="maps">Of its fields.</param>
    /// <param name="first">Number of the first of its fields among all.</param>
    /// <param name="number">The number of a field.</param>
    /// <param name="category">The category of a field.</param>
    public CellValues(
        VaeTableColumn column, IReadOnlyList<FieldMap> maps, int first, Func<int, double> number, Func<int, int> category)
        => (_column, _maps, _first, _number, _category) = (column, maps, first, number, category);

    public VaeTableColumn Column => _column;

    /// <summary>
    /// The value as text: a category, or a number written out. One that training had not by name is the most likely of the others.
    /// </summary>
    public string Text() => _maps[0].Field.Categories is { } categories ? categories[_category(_first)] : NumberText.Of(Number());

    /// <summary>The value as a number, within what training had; whole where all were.</summary>
    public double Number()
    {
        if (_maps[0].Field.Categories is { } categories)
            return double.Parse(categories[_category(_first)], System.Globalization.CultureInfo.InvariantCulture);
        var value = Math.Clamp(_number(_first), _maps[0].Histogram!.Least, _maps[0].Histogram!.Greatest);
        return _column.IsInteger || _column.Kind == VaeColumnKind.Boolean ? Math.Round(value) : value;
    }

    /// <summary>The value as a time: the day nearest to that of the elapsed days which is of the weekday, at the hour.</summary>
    public DateTime Time()
    {
        var days = Math.Clamp(_number(_first), _maps[0].Histogram!.Least, _maps[0].Histogram!.Greatest);
        var time = TimeParts.Of(days * TimeParts.SecondsPerDay);
        var weekday = (DayOfWeek)_category(_first + 1);
        var off = (int)weekday - (int)time.DayOfWeek;
        off += off > 3 ? -7 : off < -3 ? 7 : 0;
        var day = time.Date.AddDays(Math.Clamp(off, -(time.Date - DateTime.MinValue).Days, (DateTime.MaxValue - time.Date).Days));
        if (_maps.Count < 3)
            return day;
        return day.AddHours(_category(_first + 2)).Add(TimeSpan.FromMinutes(time.Minute)).AddSeconds(time.Second);
    }
}
