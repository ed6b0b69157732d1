namespace MLNet.Vae.Tables;

/// <summary>
/// The rows of a table as a number for each field, its category or bin, and how a network reads those: one-hot, and of numbers the normal
/// score of the bin beside it. Immutable.
/// </summary>
internal sealed class RowCodes
{
    /// <summary>The number of a field that is missing.</summary>
    public const int Missing = -1;

    private readonly FieldMap[] _maps;
    private readonly int[] _inputs;
    private readonly float[][] _scores;

    public RowCodes(VaeTableInfo info)
    {
        _maps = [.. info.Modelled.SelectMany(column => column.Fields).Select(field => new FieldMap(field))];
        var isInteger = info.Modelled.SelectMany(column => column.Fields.Select(_ => column.IsInteger)).ToArray();
        Fields = _maps.Length;
        Codes = [.. _maps.Select(map => map.Histogram?.Bins ?? map.Field.Count)];
        Starts = new int[Fields];
        _inputs = new int[Fields];
        _scores = new float[Fields][];
        for (var field = 0; field < Fields; field++)
        {
            Starts[field] = LogitCount;
            LogitCount += Codes[field];
            _inputs[field] = InputCount;
            InputCount += Codes[field] + (_maps[field].Histogram is null ? 0 : 1);
            _scores[field] = _maps[field].Histogram is { } histogram
                ? [.. Enumerable.Range(0, histogram.Bins).Select(bin => (float)histogram.Score(histogram.MeanOf(bin)))]
                : [];
        }
        IsInteger = isInteger;
    }

    public int Fields { get; }

    /// <summary>How many numbers each field can have; of a categorical one the last is for what training had not by name.</summary>
    public IReadOnlyList<int> Codes { get; }

    /// <summary>First logit of each field.</summary>
    public int[] Starts { get; }

    public int LogitCount { get; }

    public int InputCount { get; }

    public IReadOnlyList<bool> IsInteger { get; }

    public FieldMap Map(int field) => _maps[field];

    /// <summary>First input of each field.</summary>
    public int InputOf(int field) => _inputs[field];

    /// <summary>Normal scores of the bins of a field, none of a categorical one.</summary>
    public IReadOnlyList<float> ScoresOf(int field) => _scores[field];

    /// <summary>The number of a field in a row of features.</summary>
    public int Of(int field, ReadOnlySpan<float> features)
    {
        var map = _maps[field];
        var (kind, start, count) = (map.Field.Kind, map.Field.Start, map.Field.Count);
        if (float.IsNaN(features[start]))
            return Missing;
        if (map.IsOneHot)
        {
            var place = features.Slice(start, count).IndexOf(1f);
            // What is below or above all that training had is in the outermost bin.
            return kind != VaeColumnKind.Histogram || place < count - 2 ? place : place == count - 2 ? 0 : count - 3;
        }
        var value = map.Value(features[start]);
        return map.Histogram!.Bin(IsInteger[field] ? Math.Round(value) : value);
    }

    /// <summary>What a network reads of a field with a number.</summary>
    public void Write(int field, int code, Span<float> inputs)
    {
        var own = inputs.Slice(_inputs[field], Codes[field] + (_scores[field].Length > 0 ? 1 : 0));
        own.Clear();
        if (code == Missing)
            return;
        own[code] = 1;
        if (_scores[field].Length > 0)
            own[^1] = _scores[field][code];
    }
}
