namespace MLNet.Vae.Reporting;

/// <summary>A column that the three views share. Of categories it knows the names, which stand for the same in all of them.</summary>
internal sealed class TableColumn(string name, bool isNumber)
{
    private readonly Dictionary<string, int> _places = [];
    private readonly List<string> _names = [];

    public string Name => name;

    public bool IsNumber => isNumber;

    /// <summary>In the order in which they were read.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Of a category, which becomes known by it.</summary>
    public int PlaceOf(string category)
    {
        if (_places.TryGetValue(category, out var place))
            return place;
        _places.Add(category, _names.Count);
        _names.Add(category);
        return _names.Count - 1;
    }

    /// <summary>−1 where the category is not known.</summary>
    public int KnownPlaceOf(string category) => _places.GetValueOrDefault(category, -1);

    /// <summary>Of a value of a category as it is read; NaN is a missing one.</summary>
    public string NameOf(double value) => double.IsNaN(value) ? SeriesGetters.MissingKey : _names[(int)value];
}
