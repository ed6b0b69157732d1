using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Cells;

/// <summary>Of what types the columns of a table are, in the words of <see cref="VaeTableColumn.Type"/>.</summary>
internal static class CellType
{
    public const string Text = "Text", Key = "Key", Boolean = "Boolean", DateTime = "DateTime";

    /// <summary>The word for a type; <see langword="null"/>: a table has no such columns.</summary>
    public static string? Of(DataViewType type) => type switch
    {
        TextDataViewType => Text,
        KeyDataViewType => Key,
        BooleanDataViewType => Boolean,
        DateTimeDataViewType or DateTimeOffsetDataViewType => DateTime,
        NumberDataViewType => type.RawType.Name,
        VectorDataViewType { IsKnownSize: true, ItemType: var item } when NumberReader.Takes(item) => $"Vector<{item.RawType.Name}>",
        _ => null,
    };

    /// <summary>Whether a column of one of these words can be read where training had the other.</summary>
    public static bool Fits(string trained, string found) => trained == found || Class(trained) == Class(found);

    public static bool IsVector(string type) => type.StartsWith("Vector<", StringComparison.Ordinal);

    /// <summary>The word for the items of a vector; <see langword="null"/>: the type is none.</summary>
    public static string? ItemOf(string type) => IsVector(type) ? type["Vector<".Length..^1] : null;

    // Which number type it is, and whether text came by way of a key, does not matter to what is read.
    private static string Class(string type) => type switch
    {
        Text or Key => Text,
        Boolean or DateTime => type,
        _ when IsVector(type) => "Vector",
        _ => "number",
    };
}
