using System.Globalization;
using Microsoft.ML.Runtime;
using MLNet.Vae.Series;
using MLNet.Vae.Windows;

namespace MLNet.Vae;

/// <summary>
/// Judges readings as they come, of one or of many series, with a window of memory for each: the same bits as
/// <see cref="VaeSeriesTransformer.Transform"/> of all of them. Not thread-safe.
/// </summary>
public sealed class VaeSeriesEngine : IDisposable
{
    private readonly IExceptionContext _context;
    private readonly VaeSeriesInfo _info;
    private readonly SeriesScorer _scorer;
    private readonly float[] _window;
    private SlidingWindows _windows;

    internal VaeSeriesEngine(IExceptionContext context, VaeSeriesInfo info, SeriesScorer scorer)
    {
        (_context, _info, _scorer) = (context, info, scorer);
        _windows = Empty();
        _window = new float[info.Steps * info.Channels.Count];
    }

    /// <summary>Series that were read of.</summary>
    public IReadOnlyCollection<string> Keys => [.. _windows.Keys];

    /// <summary>Judges the next reading of a series without a time.</summary>
    /// <param name="reading">A value for each channel, <c>[channels]</c>; NaN: missing.</param>
    /// <param name="key">Which of several series; nothing where there is one.</param>
    /// <exception cref="ArgumentException">The reading has another number of values, or the model wants a time or a key.</exception>
    public VaeSeriesReading Predict(ReadOnlySpan<float> reading, string? key = null) => Predict(reading, double.NaN, key);

    /// <summary>Judges the next reading of a series.</summary>
    /// <param name="reading">A value for each channel, <c>[channels]</c>; NaN: missing.</param>
    /// <param name="time">When it was taken, not before the one before.</param>
    /// <param name="key">Which of several series; nothing where there is one.</param>
    /// <exception cref="ArgumentException">
    /// The reading has another number of values, is earlier than the one before, or the model wants a key.
    /// </exception>
    public VaeSeriesReading Predict(ReadOnlySpan<float> reading, DateTime time, string? key = null)
        => Predict(reading, TimeSeconds.Of(time), key);

    /// <summary>Judges the next reading of a series.</summary>
    /// <param name="reading">A value for each channel, <c>[channels]</c>; NaN: missing.</param>
    /// <param name="seconds">When it was taken, from any start, not before the one before.</param>
    /// <param name="key">Which of several series; nothing where there is one.</param>
    /// <exception cref="ArgumentException">
    /// The reading has another number of values, is earlier than the one before, or the model wants a key.
    /// </exception>
    public VaeSeriesReading Predict(ReadOnlySpan<float> reading, double seconds, string? key = null)
    {
        var channels = _info.Channels.Count;
        if (reading.Length != channels)
        {
            throw Fault(nameof(reading), string.Create(CultureInfo.InvariantCulture,
                $"The reading has {reading.Length} values: expected {channels}, one for each channel, in the order of training."));
        }
        if (_info.TimeColumn is not null && !double.IsFinite(seconds))
            throw Fault(nameof(seconds), "The model was trained with times: expected the time of the reading, a finite one.");
        if (_info.KeyColumn is not null && key is null)
            throw Fault(nameof(key), $"The model was trained with series by '{_info.KeyColumn}': expected the key of the reading.");
        bool isWhole;
        try
        {
            isWhole = _windows.Push(key, _info.TimeColumn is null ? double.NaN : seconds, reading);
        }
        catch (TimeDisorderException disorder)
        {
            throw Fault(nameof(seconds), string.Create(CultureInfo.InvariantCulture,
                $"The reading is {disorder.Before - seconds:G6} s earlier than the one before in its series: expected them in order."));
        }
        if (!isWhole)
            return _scorer.Absent;
        _windows.Copy(_window);
        return _scorer.Judge(_window);
    }

    /// <summary>Forgets a series; its next reading begins a window.</summary>
    /// <param name="key">Which of several series; nothing where there is one.</param>
    /// <returns>Whether it was known.</returns>
    public bool Forget(string? key = null) => _windows.Remove(key ?? "");

    /// <summary>Writes what the engine remembers, for <see cref="VaeSeriesTransformer.CreateEngine(Stream)"/> to go on from.</summary>
    /// <param name="state">Takes it; about as much as a window for each series.</param>
    public void Save(Stream state)
    {
        ArgumentNullException.ThrowIfNull(state);
        SeriesState.Write(state, _windows);
    }

    /// <summary>Releases what the engine runs in. Calling it again does nothing.</summary>
    public void Dispose() => _scorer.Dispose();

    internal void Restore(Stream state) => _windows = SeriesState.Read(state, Empty, _context);

    private SlidingWindows Empty() => new(_info.Channels.Count, _info.Steps, _info.MaximumGapSeconds ?? double.PositiveInfinity);

    private ArgumentException Fault(string parameter, string message) => _context.Process(new ArgumentException(message, parameter));
}
