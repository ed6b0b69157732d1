namespace Microsoft.ML.Data;

/// <summary>Item types by name.</summary>
public enum DataKind : byte
{
    Single = 9,
    String = 11,
}

/// <summary>.NET types and column types.</summary>
internal static class PrimitiveTypes
{
    private static readonly Dictionary<Type, PrimitiveDataViewType> _byRawType = new PrimitiveDataViewType[]
    {
        TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance,
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double,
    }.ToDictionary(type => type.RawType);

    public static IEnumerable<PrimitiveDataViewType> All => _byRawType.Values;

    public static PrimitiveDataViewType OrNull(Type type)
        => _byRawType.GetValueOrDefault(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type);

    public static PrimitiveDataViewType Of(Type type) => OrNull(type) ?? throw new InvalidOperationException($"No column type holds {type}.");

    public static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    public static ulong GetKeyCount(this DataViewType type) => (type as KeyDataViewType)?.Count ?? 0;
}
