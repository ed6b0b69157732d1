using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Windows;

/// <summary>Reads the time of a row as seconds; dates since the year 1, which double precision keeps to 10 microseconds.</summary>
internal static class TimeSeconds
{
    public static bool Takes(DataViewType type)
        => type is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType or NumberDataViewType;

    public static Func<double> Of(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var t when t == typeof(DateTime) => Made(row.GetGetter<DateTime>(column), Of),
        var t when t == typeof(DateTimeOffset) => Made(row.GetGetter<DateTimeOffset>(column), Of),
        var t when t == typeof(TimeSpan) => Made(row.GetGetter<TimeSpan>(column), time => time.TotalSeconds),
        var t when t == typeof(float) => Number<float>(row, column),
        var t when t == typeof(double) => Number<double>(row, column),
        var t when t == typeof(sbyte) => Number<sbyte>(row, column),
        var t when t == typeof(byte) => Number<byte>(row, column),
        var t when t == typeof(short) => Number<short>(row, column),
        var t when t == typeof(ushort) => Number<ushort>(row, column),
        var t when t == typeof(int) => Number<int>(row, column),
        var t when t == typeof(uint) => Number<uint>(row, column),
        var t when t == typeof(long) => Number<long>(row, column),
        _ => Number<ulong>(row, column),
    };

    public static double Of(DateTime time) => time.Ticks / (double)TimeSpan.TicksPerSecond;

    public static double Of(DateTimeOffset time) => time.UtcTicks / (double)TimeSpan.TicksPerSecond;

    private static Func<double> Number<T>(DataViewRow row, DataViewSchema.Column column) where T : INumber<T>
        => Made(row.GetGetter<T>(column), double.CreateTruncating);

    private static Func<double> Made<T>(ValueGetter<T> getter, Func<T, double> toSeconds)
    {
        T value = default!;
        return () =>
        {
            getter(ref value);
            return toSeconds(value);
        };
    }
}
