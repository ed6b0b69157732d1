using System.Globalization;

namespace MLNet.Vae.Cells;

/// <summary>Values as files of text write them, whatever the culture.</summary>
internal static class CellText
{
    /// <summary>Dates as ISO 8601 writes them, with or without a time, and with slashes.</summary>
    public static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss",
    ];

    /// <param name="text">Of a time, in UTC where it says an offset, else as it stands.</param>
    /// <param name="time">The time.</param>
    /// <param name="format">Which of <see cref="TimeFormats"/> it has.</param>
    public static bool TryTime(ReadOnlySpan<char> text, out DateTime time, out string? format)
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

    public static bool TryTime(ReadOnlySpan<char> text, string format, out DateTime time) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out time);

    public static bool TryFlag(ReadOnlySpan<char> text, out bool flag)
    {
        flag = text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return flag || text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
