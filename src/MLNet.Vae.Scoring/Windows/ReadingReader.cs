using MLNet.Vae.Columns;

namespace MLNet.Vae.Windows;

/// <summary>Reads one row after the other as a reading of a series. One per cursor.</summary>
/// <param name="channels">Columns of channels.</param>
/// <param name="key">Of the series; <see langword="null"/>: there is one.</param>
/// <param name="time">In seconds; <see langword="null"/>: not known.</param>
/// <param name="width">Values of a reading.</param>
internal sealed class ReadingReader(NumberReader[] channels, KeyText? key, Func<double>? time, int width)
{
    private readonly float[] _values = new float[width];

    /// <summary>The values of the current row, <c>[channels]</c>.</summary>
    public ReadOnlySpan<float> Values()
    {
        var start = 0;
        foreach (var channel in channels)
        {
            channel.Read(_values.AsSpan(start, channel.Width));
            start += channel.Width;
        }
        return _values;
    }

    /// <summary>What <see cref="Values"/> gave last.</summary>
    public ReadOnlySpan<float> Last => _values;

    /// <summary>Which series the current row is of.</summary>
    public ReadOnlySpan<char> Key() => key is null ? [] : key.Read();

    /// <summary>Seconds; NaN: not known.</summary>
    public double Time() => time?.Invoke() ?? double.NaN;
}
