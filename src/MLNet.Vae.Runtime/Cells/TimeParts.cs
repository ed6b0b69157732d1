using System.Globalization;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>The parts that a time is modelled by, told apart by the names of their fields.</summary>
internal static class TimeParts
{
    public const double SecondsPerDay = 86_400;

    public const string Weekday = ".weekday", Hour = ".hour";

    public static IReadOnlyList<string> Weekdays { get; } = [.. Enum.GetValues<DayOfWeek>().Select(day => day.ToString())];

    public static IReadOnlyList<string> Hours { get; } =
        [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))];

    /// <summary>Whether a field is that of the days; the others are categorical.</summary>
    public static bool IsElapsed(VaeTableField field) => field.Categories is null;

    /// <param name="field">Of the weekday or of the hour.</param>
    /// <param name="seconds">Since the year 1.</param>
    public static string Text(VaeTableField field, double seconds)
    {
        var time = Of(seconds);
        return field.Name.EndsWith(Hour, StringComparison.Ordinal) ? Hours[time.Hour] : Weekdays[(int)time.DayOfWeek];
    }

    /// <summary>Writes a time as the features of its parts.</summary>
    /// <param name="maps">Of the parts.</param>
    /// <param name="seconds">
    /// Since the year 1, not finite where it is missing, as is 0: the first of that year is what a date that nobody set reads as.
    /// </param>
    /// <param name="features">Take them.</param>
    public static void Write(IReadOnlyList<FieldMap> maps, double seconds, Span<float> features)
    {
        var isMissing = !double.IsFinite(seconds) || seconds == 0;
        foreach (var map in maps)
        {
            if (isMissing)
                map.Forget(features);
            else if (IsElapsed(map.Field))
                map.Write(seconds / SecondsPerDay, features);
            else
                map.Write(Text(map.Field, seconds), features);
        }
    }

    public static DateTime Of(double seconds)
        // The last tick is not among the numbers of double precision: the next one is beyond it.
        => new(Math.Min((long)Math.Max(seconds * TimeSpan.TicksPerSecond, 0), DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
}
