using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tool.Files;

/// <summary>Columns of a view as cells, row by row.</summary>
internal static class ViewRows
{
    /// <summary>One array for each row: numbers and Booleans as they are, text as string, vectors as <c>float[]</c>.</summary>
    public static IEnumerable<object?[]> Of(IDataView view, params IReadOnlyList<string> names)
    {
        var columns = names.Select(name => view.Schema[name]).ToList();
        using var cursor = view.GetRowCursor(columns);
        var getters = columns.Select(column => Getter(cursor, column)).ToArray();
        while (cursor.MoveNext())
            yield return [.. getters.Select(getter => getter())];
    }

    private static Func<object?> Getter(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(float) => Value<float>(row, column),
        var type when type == typeof(double) => Value<double>(row, column),
        var type when type == typeof(bool) => Value<bool>(row, column),
        var type when type == typeof(DateTime) => Value<DateTime>(row, column),
        var type when type == typeof(int) => Value<int>(row, column),
        var type when type == typeof(long) => Value<long>(row, column),
        var type when type == typeof(ReadOnlyMemory<char>) => Text(row, column),
        var type when type == typeof(VBuffer<float>) => Vector(row, column),
        _ => Value(row, column),
    };

    private static Func<object?> Value<T>(DataViewRow row, DataViewSchema.Column column) where T : struct
    {
        var getter = row.GetGetter<T>(row.Schema[column.Index]);
        return () =>
        {
            T value = default;
            getter(ref value);
            return value;
        };
    }

    private static Func<object?> Text(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[column.Index]);
        return () =>
        {
            ReadOnlyMemory<char> value = default;
            getter(ref value);
            return value.ToString();
        };
    }

    private static Func<object?> Vector(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(row.Schema[column.Index]);
        VBuffer<float> value = default;
        return () =>
        {
            getter(ref value);
            return value.DenseValues().ToArray();
        };
    }

    /// <summary>Numbers of other types, which a model of another program may have.</summary>
    private static Func<object?> Value(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.SByte => Value<sbyte>(row, column),
        TypeCode.Byte => Value<byte>(row, column),
        TypeCode.Int16 => Value<short>(row, column),
        TypeCode.UInt16 => Value<ushort>(row, column),
        TypeCode.UInt32 => Value<uint>(row, column),
        TypeCode.UInt64 => Value<ulong>(row, column),
        _ => throw new InvalidDataException($"Column '{column.Name}' is {column.Type}, which is not written to a file."),
    };
}
