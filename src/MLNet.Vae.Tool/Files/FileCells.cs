using System.Globalization;

namespace MLNet.Vae.Tool.Files;

/// <summary>A cell of a file, text or a value, as what it is to be.</summary>
internal static class FileCells
{
    /// <summary>Dates as ISO 8601 writes them, with or without a time, and with slashes.</summary>
    public static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss",
    ];

    public static bool TryNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static bool TryTime(string text, out DateTime time, out string? format)
    {
        foreach (var one in TimeFormats)
        {
            if (TryTime(text, one, out time))
            {
                format = one;
                return true;
            }
        }
        (time, format) = (default, null);
        return false;
    }

    public static bool TryTime(string text, string format, out DateTime time) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out time);

    public static bool TryFlag(string text, out bool flag)
    {
        flag = text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return flag || text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

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
        string text when TryTime(text, out var time, out _) => time,
        _ => throw new InvalidDataException($"'{Text(cell)}' is no date: expected one such as 2026-03-01 or 2026-03-01 08:30:00."),
    };

    public static bool Flag(object cell) => cell switch
    {
        bool flag => flag,
        string text => TryFlag(text, out var flag) && flag,
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
