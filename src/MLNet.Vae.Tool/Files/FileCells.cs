using System.Globalization;
using MLNet.Vae.Cells;

namespace MLNet.Vae.Tool.Files;

/// <summary>A cell of a file, text or a value, as what it is to be.</summary>
internal static class FileCells
{
    public static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>A number of any type, or the text of one, which was checked when the file was opened.</summary>
    public static double Number(object cell)
        => cell is string text ? double.Parse(text, CultureInfo.InvariantCulture) : Convert.ToDouble(cell, CultureInfo.InvariantCulture);

    /// <summary>Text is read as single precision at once: by way of double precision a last bit may differ.</summary>
    public static float Single(object cell) => cell switch
    {
        string text => float.Parse(text, CultureInfo.InvariantCulture),
        float number => number,
        _ => (float)Number(cell),
    };

    public static DateTime Time(object cell) => cell switch
    {
        DateTime time => time,
        DateTimeOffset time => time.UtcDateTime,
        DateOnly day => day.ToDateTime(default),
        string text when CellText.TryTime(text, out var time, out _) => time,
        _ => throw new InvalidDataException($"'{Text(cell)}' is no date: expected one such as 2026-03-01 or 2026-03-01 08:30:00."),
    };

    public static bool Flag(object cell) => cell switch
    {
        bool flag => flag,
        string text => CellText.TryFlag(text, out var flag) && flag,
        _ => Number(cell) != 0,
    };

    /// <summary>A cell as it is written: numbers with as many digits as they need, a value that is missing as nothing.</summary>
    public static string Text(object? cell, string? timeFormat = null) => cell switch
    {
        null or float.NaN or double.NaN => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString(timeFormat ?? (time.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF"),
            CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };
}
