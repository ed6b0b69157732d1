using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Windows;

/// <summary>Rows one after the other as readings, and the windows that they end. One per cursor.</summary>
internal sealed class WindowReader
{
    private readonly IExceptionContext _context;
    private readonly DataViewRow _row;
    private readonly VaeWindowOptions _options;
    private readonly ReadingReader _reader;
    private readonly SlidingWindows _windows;

    public WindowReader(IExceptionContext context, DataViewRow row, ReadingColumns columns, VaeWindowOptions options)
    {
        (_context, _row, _options) = (context, row, options);
        _reader = columns.Reader(row);
        _windows = new(columns.Names.Count, options.Steps, options.MaximumGap?.TotalSeconds ?? double.PositiveInfinity);
        Window = new float[options.Steps * columns.Names.Count];
    }

    /// <summary>The window that the row ends, oldest reading first, <c>[steps · channels]</c>; of use where there is a whole one.</summary>
    public float[] Window { get; }

    /// <summary>The reading that was taken last, <c>[channels]</c>.</summary>
    public ReadOnlySpan<float> Reading => _reader.Last;

    /// <summary>Which series the row is of.</summary>
    public ReadOnlySpan<char> Key() => _reader.Key();

    /// <summary>Takes the current row, each once and in order; says whether it ends a whole window, one that the stride has.</summary>
    /// <exception cref="InvalidOperationException">Its time is missing, or earlier than that of the row before in its series.</exception>
    public bool Take()
    {
        var time = _reader.Time();
        if (_options.TimeColumnName is not null && !double.IsFinite(time))
            throw Fault("is missing or not finite: expected a time. Leave the row out, or give it its time");
        bool isWhole;
        try
        {
            isWhole = _windows.Push(_reader.Key(), time, _reader.Values());
        }
        catch (TimeDisorderException disorder)
        {
            var earlier = (disorder.Before - time).ToString("G6", CultureInfo.InvariantCulture);
            var series = _options.KeyColumnName is null ? "" : $" in the series '{_reader.Key()}'";
            throw Fault($"is {earlier} s earlier than that of the row before{series}: expected rows in the order of time. Sort them first");
        }
        if (!isWhole || _windows.WholeSinceGap % _options.Stride != 0)
            return false;
        _windows.Copy(Window);
        return true;
    }

    private InvalidOperationException Fault(string what)
    {
        var row = _row.Position.ToString(CultureInfo.InvariantCulture);
        return _context.Process(new InvalidOperationException(
            $"Column '{_options.TimeColumnName}': the time of row {row} (rows count from 0) {what}."));
    }
}
