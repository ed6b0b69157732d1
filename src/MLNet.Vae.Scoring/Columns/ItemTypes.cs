using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>Types of values that a column of features may have, beside keys: numbers of every kind and Booleans.</summary>
internal static class ItemTypes
{
    private static readonly Dictionary<string, PrimitiveDataViewType> ByName = new DataViewType[]
    {
        NumberDataViewType.Single, NumberDataViewType.Double, NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16,
        NumberDataViewType.UInt16, NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        BooleanDataViewType.Instance,
    }.Cast<PrimitiveDataViewType>().ToDictionary(type => $"{type}");

    /// <summary>
    /// The name that a model keeps of the type of a column's values; <see langword="null"/> of Single, of a single Boolean, and of what is
    /// no number.
    /// </summary>
    public static string? NameOf(DataViewType column)
    {
        var item = (column as VectorDataViewType)?.ItemType ?? column;
        return NumberReader.Takes(item) && item.RawType != typeof(float) && column is not BooleanDataViewType ? $"{item}" : null;
    }

    /// <summary>The type of that name.</summary>
    public static PrimitiveDataViewType Named(string? name) => name is null ? NumberDataViewType.Single : ByName[name];
}
