using Microsoft.ML;
using MLNet.Vae.Tool.Files;

namespace MLNet.Vae.Tool.Commands;

/// <summary>Which rows are anomalous by a column of the file, and how well scores rank them.</summary>
internal sealed class LabelColumn
{
    private readonly TableFile _file;
    private readonly string _name;
    private readonly string? _anomalous;
    private readonly int _index;
    private readonly List<Judged> _rows = [];
    private readonly HashSet<string> _values = [];

    public LabelColumn(TableFile file, string name, string? anomalous)
        => (_file, _name, _anomalous, _index) = (file, name, anomalous, file.IndexOf(name));

    public string? Text(object?[] cells) => _file.IsMissing(cells[_index]) ? null : FileCells.Text(cells[_index]);

    /// <summary>Rows without a label or a score do not count.</summary>
    public void Add(object?[] cells, object?[] scores)
    {
        if (Text(cells) is not { } value || !float.IsFinite((float)scores[0]!))
            return;
        _values.Add(value);
        _rows.Add(new() { Score = (float)scores[0]!, Label = IsAnomalous(value) ? 1 : 0 });
    }

    /// <exception cref="InvalidDataException">All rows are of one class.</exception>
    public double AreaUnderRocCurve(MLContext mlContext)
    {
        var anomalies = _rows.Count(row => row.Label == 1);
        if (anomalies == 0 || anomalies == _rows.Count)
        {
            throw new InvalidDataException($"Label '{_name}' has {anomalies} anomalous rows of {_rows.Count}"
                + $" ({(_anomalous is null ? "1 or true" : $"'{_anomalous}'")} means anomalous); some of each are needed. Its values are "
                + $"{string.Join(", ", _values.Order(StringComparer.Ordinal).Take(10).Select(value => $"'{value}'"))}; name the one with "
                + "--anomalous.");
        }
        return mlContext.AnomalyDetection.Evaluate(mlContext.Data.LoadFromEnumerable(_rows)).AreaUnderRocCurve;
    }

    private bool IsAnomalous(string value) => _anomalous is not null ? value == _anomalous
        : value.Equals("true", StringComparison.OrdinalIgnoreCase) || (FileCells.TryNumber(value, out var number) && number == 1);

    private sealed class Judged
    {
        public float Score { get; set; }

        public float Label { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
