using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reporting;

/// <summary>Columns of several types, read as one.</summary>
internal static class SeriesGetters
{
    /// <summary>What stands for a key or a text that is missing.</summary>
    public const string MissingKey = "(missing)";

    public static Func<double> Number(DataViewRow row, DataViewSchema.Column column)
    {
        var type = column.Type.RawType;
        return type switch
        {
            _ when type == typeof(float) => Of<float>(),
            _ when type == typeof(double) => Of<double>(),
            _ when type == typeof(sbyte) => Of<sbyte>(),
            _ when type == typeof(byte) => Of<byte>(),
            _ when type == typeof(short) => Of<short>(),
            _ when type == typeof(ushort) => Of<ushort>(),
            _ when type == typeof(int) => Of<int>(),
            _ when type == typeof(uint) => Of<uint>(),
            _ when type == typeof(long) => Of<long>(),
            _ => Of<ulong>(),
        };

        Func<double> Of<T>() where T : INumberBase<T>
        {
            var read = Value<T>(row, column);
            return () => double.CreateSaturating(read());
        }
    }

    /// <summary>Milliseconds since 1970 of a date, else seconds.</summary>
    public static Func<double> Time(DataViewRow row, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case DateTimeDataViewType:
                var date = Value<DateTime>(row, column);
                return () => Milliseconds(date().Ticks);
            case DateTimeOffsetDataViewType:
                var instant = Value<DateTimeOffset>(row, column);
                return () => Milliseconds(instant().UtcTicks);
            case TimeSpanDataViewType:
                var span = Value<TimeSpan>(row, column);
                return () => span().TotalSeconds;
            default:
                return Number(row, column);
        }
    }

    public static Func<string> Key(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
        {
            var text = Value<ReadOnlyMemory<char>>(row, column);
            return () => text() is { IsEmpty: false } found ? found.ToString() : MissingKey;
        }

        var type = column.Type.RawType;
        var number = type switch
        {
            _ when type == typeof(sbyte) => Of<sbyte>(),
            _ when type == typeof(byte) => Of<byte>(),
            _ when type == typeof(short) => Of<short>(),
            _ when type == typeof(ushort) => Of<ushort>(),
            _ when type == typeof(int) => Of<int>(),
            _ when type == typeof(uint) => Of<uint>(),
            _ when type == typeof(long) => Of<long>(),
            _ => Of<ulong>(),
        };
        if (column.Type is not KeyDataViewType { Count: var count })
            return () => number().ToString(CultureInfo.InvariantCulture);
        var names = count <= ColumnChecks.MaximumKeyCount ? KeyNames.Of(column, (int)count) : null;

        // A key counts from 1, and 0 is a missing one.
        return () =>
        {
            var key = number();
            return key <= 0 || key > count ? MissingKey : names?[(int)key - 1] ?? key.ToString(CultureInfo.InvariantCulture);
        };

        Func<Int128> Of<T>() where T : IBinaryInteger<T>
        {
            var read = Value<T>(row, column);
            return () => Int128.CreateChecked(read());
        }
    }

    public static Func<T> Value<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    private static double Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
}
