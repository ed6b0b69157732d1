using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Measures;

/// <summary>Reads what rows are called, from a column of texts, keys or numbers.</summary>
internal static class RowNames
{
    /// <param name="row">Where the column is active.</param>
    /// <param name="name">Of the column.</param>
    /// <returns>Of the row as it stands at each call; <see langword="null"/>: the column gives no names.</returns>
    public static Func<string>? Of(DataViewRow row, string name)
    {
        var column = row.Schema[name];
        return column.Type switch
        {
            TextDataViewType => From<ReadOnlyMemory<char>>(row, column),
            KeyDataViewType { Count: <= int.MaxValue } key => FromKey(row, column, (int)key.Count),
            NumberDataViewType when column.Type.RawType == typeof(int) => From<int>(row, column),
            NumberDataViewType when column.Type.RawType == typeof(uint) => From<uint>(row, column),
            NumberDataViewType when column.Type.RawType == typeof(long) => From<long>(row, column),
            NumberDataViewType when column.Type.RawType == typeof(float) => From<float>(row, column),
            NumberDataViewType when column.Type.RawType == typeof(double) => From<double>(row, column),
            _ => null,
        };
    }

    private static Func<string> From<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return Text(value);
        };
    }

    private static Func<string> FromKey(DataViewRow row, DataViewSchema.Column column, int count)
    {
        var index = KeyIndex.Of(row, new(InputRole.Features, column, VaeInputKind.Key, count));
        var names = KeyNames.Of(column, count);
        return () => index() is var key && key == KeyIndex.Missing ? "" : names?[key] ?? Text(key);
    }

    private static string Text<T>(T value) => Convert.ToString((object?)value, CultureInfo.InvariantCulture) ?? "";
}
