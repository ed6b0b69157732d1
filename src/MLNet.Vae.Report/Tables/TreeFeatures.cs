namespace MLNet.Vae.Reporting;

/// <summary>
/// What boosted trees read of a row: numbers as they are, a slot for each category. Made of the rows that train: a missing number is their
/// mean, and has a slot that says so; the most frequent categories have slots, the others share one.
/// </summary>
internal sealed class TreeFeatures
{
    // As many as the figures show of a column.
    private const int MaximumCategories = VaeColumnComparison.MaximumCategories;

    private readonly List<Action<TableValues, int, float[]>> _writers = [];

    /// <param name="columns">What the values stand for.</param>
    /// <param name="without">The place of a column that is not to be read.</param>
    /// <param name="training">Rows that train.</param>
    public TreeFeatures(IReadOnlyList<TableColumn> columns, int? without, IReadOnlyList<TableRow> training)
    {
        for (var place = 0; place < columns.Count; place++)
        {
            if (place == without)
                continue;
            if (columns[place].IsNumber)
                AddNumber(place, training);
            else
                AddCategory(place, training);
        }
    }

    public int Width { get; private set; }

    /// <summary><c>[width]</c>.</summary>
    public float[] Of(TableRow row)
    {
        var features = new float[Width];
        foreach (var write in _writers)
            write(row.Table, row.Row, features);
        return features;
    }

    private void AddNumber(int place, IReadOnlyList<TableRow> training)
    {
        var mean = training.Select(row => row.Table.Values[place][row.Row]).Where(value => !double.IsNaN(value)).DefaultIfEmpty().Average();
        var (slot, missing) = (Width, Width + 1);
        Width += 2;
        _writers.Add((table, row, features) =>
        {
            var value = table.Values[place][row];
            features[slot] = (float)(double.IsNaN(value) ? mean : value);
            features[missing] = double.IsNaN(value) ? 1 : 0;
        });
    }

    private void AddCategory(int place, IReadOnlyList<TableRow> training)
    {
        var slots = training.CountBy(row => row.Table.Values[place][row.Row])
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Take(MaximumCategories)
            .Select((pair, slot) => (pair.Key, Slot: Width + slot))
            .ToDictionary(pair => pair.Key, pair => pair.Slot);
        var others = Width + slots.Count;
        Width = others + 1;
        _writers.Add((table, row, features) => features[slots.GetValueOrDefault(table.Values[place][row], others)] = 1);
    }
}
