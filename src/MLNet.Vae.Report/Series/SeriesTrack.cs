namespace MLNet.Vae.Reporting;

/// <summary>One series: all its rows counted, and of each stretch of them the one with the highest score kept.</summary>
/// <param name="name"><see langword="null"/>: there is no column of keys.</param>
/// <param name="channels">How many.</param>
/// <param name="stretch">Rows of which one is kept.</param>
internal sealed class SeriesTrack(string? name, int channels, int stretch)
{
    private readonly SeriesRow _best = new(channels);
    private readonly List<SeriesAlarm> _alarms = [];
    private int _inStretch;
    private SeriesAlarm? _open;

    public string? Name => name;

    public SeriesCounts Counts { get; } = new();

    public IReadOnlyList<SeriesAlarm> Alarms => _alarms;

    /// <summary>Of the row that came last.</summary>
    public double LastTime { get; private set; } = double.NegativeInfinity;

    public List<int> Numbers { get; } = [];

    public List<double> Times { get; } = [];

    public List<float> Scores { get; } = [];

    /// <summary>1: a row of the stretch is flagged; 2: one is a true anomaly.</summary>
    public List<byte> Marks { get; } = [];

    /// <summary><c>[rows, channels]</c>, as the next two are.</summary>
    public List<float> Readings { get; } = [];

    public List<float> Expected { get; } = [];

    public List<float> ChannelScores { get; } = [];

    public void Add(SeriesRow row)
    {
        Counts.Add(row);
        LastTime = row.Time;
        AddToAlarms(row);
        var (wasFlagged, wasAnomaly) = (_inStretch > 0 && _best.IsFlagged, _inStretch > 0 && _best.IsAnomaly);
        if (_inStretch == 0 || row.Score > _best.Score || (row.IsJudged && !_best.IsJudged))
            _best.Take(row);
        _best.IsFlagged = wasFlagged | row.IsFlagged;
        _best.IsAnomaly = wasAnomaly | row.IsAnomaly;
        if (++_inStretch == stretch)
            Finish();
    }

    /// <summary>Keeps what is left of the last stretch.</summary>
    public void Finish()
    {
        if (_inStretch == 0)
            return;
        _inStretch = 0;
        Numbers.Add(_best.Number);
        Times.Add(_best.Time);
        Scores.Add(_best.Score);
        Marks.Add((byte)((_best.IsFlagged ? 1 : 0) | (_best.IsAnomaly ? 2 : 0)));
        Readings.AddRange(_best.Readings);
        Expected.AddRange(_best.Expected);
        ChannelScores.AddRange(_best.ChannelScores);
    }

    /// <summary>One channel of <c>[rows, channels]</c>.</summary>
    public float[] Column(List<float> values, int channel)
    {
        var column = new float[Times.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = values[(i * channels) + channel];
        return column;
    }

    private void AddToAlarms(SeriesRow row)
    {
        if (!row.IsFlagged)
        {
            _open = null;
            return;
        }

        if (_open is null)
            _alarms.Add(_open = new(row));
        _open.Add(row);
    }
}
