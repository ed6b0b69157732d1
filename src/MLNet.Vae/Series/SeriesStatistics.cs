namespace MLNet.Vae.Series;

/// <summary>What windows of training tell of the channels of their series, in one pass.</summary>
internal sealed class SeriesStatistics
{
    // 16 MiB: of more readings the first say how fast a channel changes.
    private const int MostValues = 1 << 22;

    private readonly int _channels, _steps, _newest;
    private readonly LevelStatistics[] _windows, _newestMeans;

    private readonly List<Stretch> _stretches = [];
    private readonly Dictionary<long, Stretch> _open = [];
    private long _readings;
    private int _kept;

    /// <param name="channels">Values of a reading.</param>
    /// <param name="steps">Readings of a window.</param>
    /// <param name="newest">Those of its newest part.</param>
    public SeriesStatistics(int channels, int steps, int newest)
    {
        (_channels, _steps, _newest) = (channels, steps, newest);
        _windows = [.. Enumerable.Range(0, channels).Select(_ => new LevelStatistics())];
        _newestMeans = [.. Enumerable.Range(0, channels).Select(_ => new LevelStatistics())];
    }

    /// <param name="series">Which of several series it is of.</param>
    /// <param name="window"><c>[steps · channels]</c>, oldest reading first; in the order of time within a series.</param>
    public void Add(long series, ReadOnlySpan<float> window)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            _windows[channel].Add(Mean(window, channel, _steps));
            _newestMeans[channel].Add(Mean(window, channel, _newest));
        }
        if (_open.TryGetValue(series, out var stretch) && stretch.Goes(window, _channels))
        {
            Keep(stretch, window[^_channels..]);
            _readings++;
        }
        else
        {
            _open[series] = stretch = new(_channels);
            _readings += _steps;
            for (var step = 0; step < _steps; step++)
                Keep(stretch, window.Slice(step * _channels, _channels));
            _stretches.Add(stretch);
        }
        stretch.Last = window[_channels..].ToArray();
    }

    /// <param name="names">Of the channels.</param>
    public IReadOnlyList<VaeSeriesChannel> Channels(IReadOnlyList<string> names) =>
    [
        .. names.Select((name, channel) =>
        {
            var values = _stretches.ConvertAll(stretch => stretch.Values[channel].ToArray());
            var kept = Math.Max(1, values.Sum(of => (long)of.Length));
            // Those that were not kept change as those that were.
            var worth = EffectiveSize.Of(values) * _readings / kept;
            return new VaeSeriesChannel
            {
                Name = name,
                EffectiveReadings = worth,
                Window = _windows[channel].Level(Math.Min(worth, (double)_readings / _steps)),
                Newest = _newestMeans[channel].Level(Math.Min(worth, (double)_readings / _newest)),
            };
        }),
    ];

    private void Keep(Stretch stretch, ReadOnlySpan<float> reading)
    {
        if ((_kept += _channels) > MostValues)
            return;
        for (var channel = 0; channel < _channels; channel++)
            stretch.Values[channel].Add(reading[channel]);
    }

    private double Mean(ReadOnlySpan<float> window, int channel, int readings)
    {
        var sum = 0d;
        for (var step = _steps - readings; step < _steps; step++)
            sum += window[step * _channels + channel];
        return sum / readings;
    }

    /// <summary>Readings of one series without a gap.</summary>
    private sealed class Stretch(int channels)
    {
        public List<double>[] Values { get; } = [.. Enumerable.Range(0, channels).Select(_ => new List<double>())];

        /// <summary>All but the first of the last window's readings: what the next one begins with.</summary>
        public float[] Last { get; set; } = [];

        public bool Goes(ReadOnlySpan<float> window, int width) => window[..^width].SequenceEqual(Last);
    }
}
