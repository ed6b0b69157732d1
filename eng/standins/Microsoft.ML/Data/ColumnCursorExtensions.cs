using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads one column as a sequence.</summary>
public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => GetColumn<T>(data, data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        var here = data.Schema[column.Index];
        Contracts.CheckParam(here.Name == column.Name && here.Type == column.Type, nameof(column), $"column {column} cannot be found in data");
        var raw = column.Type.RawType;
        if (raw == typeof(T))
            return Read<T, T>(data, column, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return Read<ReadOnlyMemory<char>, T>(data, column, text => (T)(object)text.ToString());
        if (column.Type is VectorDataViewType { ItemType: var item } && typeof(T) == item.RawType.MakeArrayType())
            return (IEnumerable<T>)Generic.Call(Arrays<int>, item.RawType, data, column);
        throw Contracts.ExceptParam(null, nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
    }

    private static IEnumerable<TItem[]> Arrays<TItem>(IDataView data, DataViewSchema.Column column)
        => Read<VBuffer<TItem>, TItem[]>(data, column, vector =>
        {
            var array = new TItem[vector.Length];
            vector.CopyTo(array);
            return array;
        });

    private static IEnumerable<TResult> Read<TValue, TResult>(IDataView data, DataViewSchema.Column column, Func<TValue, TResult> convert)
    {
        using var cursor = data.Open(column);
        var get = cursor.GetGetter<TValue>(column);
        TValue value = default;
        while (cursor.MoveNext())
        {
            get(ref value);
            yield return convert(value);
        }
    }
}
