using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;

namespace MLNet.Vae.Tool.Commands;

/// <summary>Counts scored rows and keeps those that score highest.</summary>
/// <param name="names">Columns of the scores that are added.</param>
/// <param name="count">How many are kept.</param>
internal sealed class ScoreSummary(IReadOnlyList<string> names, int count)
{
    private readonly PriorityQueue<ScoredRow, (float Score, long Earlier)> _top = new();
    private readonly int _score = names.ToList().IndexOf(ModelColumns.Score), _label = names.ToList().IndexOf(ModelColumns.PredictedLabel),
        _pValue = names.ToList().IndexOf(ModelColumns.PValue);

    public long Rows { get; private set; }

    public long Anomalies { get; private set; }

    public long Unscored { get; private set; }

    public void Add(object?[] scores, string? label)
    {
        Rows++;
        var score = (float)scores[_score]!;
        var isAnomaly = _label < 0 ? null : (bool?)scores[_label];
        Anomalies += isAnomaly == true ? 1 : 0;
        if (!float.IsFinite(score))
        {
            Unscored++;
            return;
        }
        var row = new ScoredRow(Rows, null, score, isAnomaly, _pValue < 0 ? null : Finite.OrNull((float)scores[_pValue]!), label);
        if (_top.Count < count)
            _top.Enqueue(row, (score, -Rows));
        else
            _top.EnqueueDequeue(row, (score, -Rows));
    }

    /// <summary>The highest first; of equal ones the earlier.</summary>
    public IReadOnlyList<ScoredRow> Top(TableFile file)
    {
        var rows = _top.UnorderedItems.Select(item => item.Element).OrderByDescending(row => row.Score).ThenBy(row => row.Row).ToList();
        var lines = RowLines.Of(file, rows.Select(row => row.Row).ToHashSet());
        return [.. rows.Select(row => row with { Line = lines.TryGetValue(row.Row, out var line) ? line : null })];
    }
}
