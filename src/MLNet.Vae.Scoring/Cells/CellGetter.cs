using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Cells;

/// <summary>Getters of cells in the type of a column.</summary>
internal static class CellGetter
{
    /// <summary>The type that a column of a table has where there is no other: that of training.</summary>
    public static DataViewType TypeOf(VaeTableColumn column) => column.Type switch
    {
        CellType.Text => TextDataViewType.Instance,
        CellType.Key => new KeyDataViewType(typeof(uint), column.Fields[0].Categories!.Count),
        CellType.Boolean => BooleanDataViewType.Instance,
        CellType.DateTime => DateTimeDataViewType.Instance,
        nameof(Double) => NumberDataViewType.Double,
        _ when CellType.ItemOf(column.Type) is { } item => new VectorDataViewType(
            (PrimitiveDataViewType)TypeOf(column with { Type = item }), column.FeatureCount),
        nameof(SByte) => NumberDataViewType.SByte,
        nameof(Byte) => NumberDataViewType.Byte,
        nameof(Int16) => NumberDataViewType.Int16,
        nameof(UInt16) => NumberDataViewType.UInt16,
        nameof(Int32) => NumberDataViewType.Int32,
        nameof(UInt32) => NumberDataViewType.UInt32,
        nameof(Int64) => NumberDataViewType.Int64,
        nameof(UInt64) => NumberDataViewType.UInt64,
        _ => NumberDataViewType.Single,
    };

    /// <param name="type">No vector.</param>
    /// <param name="cell">Of the current row.</param>
    /// <param name="keys">The key of each text, from 1, where the type is a key.</param>
    public static Delegate Of(DataViewType type, CellValues cell, IReadOnlyDictionary<string, ulong>? keys) => type switch
    {
        TextDataViewType => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = cell.Text().AsMemory()),
        BooleanDataViewType => (ValueGetter<bool>)((ref bool value) => value = cell.Number() > 0.5),
        DateTimeDataViewType => (ValueGetter<DateTime>)((ref DateTime value) => value = cell.Time()),
        DateTimeOffsetDataViewType => (ValueGetter<DateTimeOffset>)((ref DateTimeOffset value)
            => value = new DateTimeOffset(cell.Time(), TimeSpan.Zero)),
        KeyDataViewType => ByType(type.RawType, () => keys!.GetValueOrDefault(cell.Text())),
        _ => ByType(type.RawType, cell.Number),
    };

    private static Delegate ByType<TFrom>(Type type, Func<TFrom> value) where TFrom : INumber<TFrom> => type switch
    {
        var t when t == typeof(float) => Made<float, TFrom>(value),
        var t when t == typeof(double) => Made<double, TFrom>(value),
        var t when t == typeof(sbyte) => Made<sbyte, TFrom>(value),
        var t when t == typeof(byte) => Made<byte, TFrom>(value),
        var t when t == typeof(short) => Made<short, TFrom>(value),
        var t when t == typeof(ushort) => Made<ushort, TFrom>(value),
        var t when t == typeof(int) => Made<int, TFrom>(value),
        var t when t == typeof(uint) => Made<uint, TFrom>(value),
        var t when t == typeof(long) => Made<long, TFrom>(value),
        _ => Made<ulong, TFrom>(value),
    };

    private static ValueGetter<T> Made<T, TFrom>(Func<TFrom> value) where T : struct, INumber<T> where TFrom : INumber<TFrom>
        => (ref T to) => to = T.CreateSaturating(value());
}
