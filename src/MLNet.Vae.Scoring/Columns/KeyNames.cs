using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>What the values of a key stand for.</summary>
internal static class KeyNames
{
    // ML.NET's own name, which is internal there.
    private const string KeyValuesKind = "KeyValues";

    /// <summary>As text, in the order of the keys; <see langword="null"/> where the column does not say.</summary>
    public static string[]? Of(DataViewSchema.Column column, int count)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyValuesKind)?.Type is not VectorDataViewType type || type.Size != count)
            return null;
        return type.ItemType.RawType switch
        {
            var t when t == typeof(ReadOnlyMemory<char>) => Read<ReadOnlyMemory<char>>(column),
            var t when t == typeof(float) => Read<float>(column),
            var t when t == typeof(double) => Read<double>(column),
            var t when t == typeof(int) => Read<int>(column),
            var t when t == typeof(uint) => Read<uint>(column),
            var t when t == typeof(long) => Read<long>(column),
            var t when t == typeof(bool) => Read<bool>(column),
            _ => null,
        };
    }

    private static string[] Read<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(KeyValuesKind, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString((object?)value, CultureInfo.InvariantCulture) ?? "")];
    }
}
