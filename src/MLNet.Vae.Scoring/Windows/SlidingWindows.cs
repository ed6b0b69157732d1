namespace MLNet.Vae.Windows;

/// <summary>
/// The last readings of each of several series, and how many there are since the last gap. One window of memory for each series. Not
/// thread-safe.
/// </summary>
/// <param name="channels">Values of a reading.</param>
/// <param name="steps">Readings of a window.</param>
/// <param name="maximumGap">Longest time from one reading to the next, seconds; ∞: any.</param>
internal sealed class SlidingWindows(int channels, int steps, double maximumGap)
{
    private readonly Dictionary<string, State> _series = new(StringComparer.Ordinal);

    // The series of the last reading: that of the next one, more often than not.
    private string? _lastKey;
    private State? _last;

    public int Channels => channels;

    public int Steps => steps;

    /// <summary>Series that were read of.</summary>
    public IEnumerable<string> Keys => _series.Keys;

    /// <summary>The next reading of a series.</summary>
    /// <param name="key">Which series.</param>
    /// <param name="time">Seconds; NaN: not known.</param>
    /// <param name="reading"><c>[channels]</c>.</param>
    /// <returns>Whether it ends a whole window.</returns>
    /// <exception cref="TimeDisorderException">It is earlier than the one before.</exception>
    public bool Push(ReadOnlySpan<char> key, double time, ReadOnlySpan<float> reading)
    {
        var state = Of(key);
        if (time < state.Time)
            throw new TimeDisorderException(state.Time);
        if (time - state.Time > maximumGap)
            (state.Count, state.Whole) = (0, -1);
        state.Time = time;
        reading.CopyTo(state.Ring.AsSpan(state.Next * channels, channels));
        state.Next = (state.Next + 1) % steps;
        state.Count = Math.Min(steps, state.Count + 1);
        if (state.Count < steps)
            return false;
        state.Whole++;
        return true;
    }

    /// <summary>Of the series of the last reading, whole windows before the one that it ends since the last gap.</summary>
    public long WholeSinceGap => _last!.Whole;

    /// <summary>The readings of the series of the last one pushed, up to that.</summary>
    /// <param name="window">Takes them, oldest first, <c>[steps · channels]</c>; those before the last gap are as they may be.</param>
    public void Copy(Span<float> window) => Copy(_last!, window);

    private void Copy(State state, Span<float> window)
    {
        var oldest = state.Ring.AsSpan(state.Next * channels);
        oldest.CopyTo(window);
        state.Ring.AsSpan(0, state.Next * channels).CopyTo(window[oldest.Length..]);
    }

    /// <summary>Forgets a series.</summary>
    public bool Remove(string key)
    {
        _last = null;
        return _series.Remove(key);
    }

    /// <summary>All that is known of a series, to go on with elsewhere.</summary>
    public (double Time, int Count, float[] Window) StateOf(string key)
    {
        var window = new float[steps * channels];
        Copy(_series[key], window);
        return (_series[key].Time, _series[key].Count, window);
    }

    /// <param name="key">Which series.</param>
    /// <param name="time">Of its last reading.</param>
    /// <param name="count">Readings since its last gap.</param>
    /// <param name="window">The last of them, oldest first, <c>[steps · channels]</c>.</param>
    public void Restore(string key, double time, int count, float[] window)
        => _series[key] = new(window) { Time = time, Count = count };

    private State Of(ReadOnlySpan<char> key)
    {
        if (_last is not null && key.SequenceEqual(_lastKey))
            return _last;
        var lookup = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(key, out var found, out var state))
        {
            found = key.ToString();
            _series[found] = state = new(new float[steps * channels]);
        }
        (_lastKey, _last) = (found, state);
        return state;
    }

    private sealed class State(float[] ring)
    {
        public float[] Ring { get; } = ring;

        public double Time { get; set; } = double.NaN;

        /// <summary>Where the next reading goes, and the oldest is.</summary>
        public int Next { get; set; }

        public int Count { get; set; }

        /// <summary>Whole windows since the last gap, less one.</summary>
        public long Whole { get; set; } = -1;
    }
}
