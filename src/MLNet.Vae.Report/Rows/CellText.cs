using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reporting;

/// <summary>Cells of a table as text, the same in every culture; <see langword="null"/>: the cell is missing.</summary>
internal static class CellText
{
    /// <summary>What stands for a slot that is missing.</summary>
    public const string MissingSlot = "—";

    // Beyond these a line of numbers is no help.
    private const int ShownSlots = 8;

    private const int ExpectedDigits = 5;

    public static bool CanRead(DataViewType type) => CellType.Of(type) is not null;

    /// <summary>Reads the column of the current row as it is.</summary>
    public static Func<string?> Of(DataViewRow row, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case TextDataViewType:
                return Made<ReadOnlyMemory<char>>(text => text.IsEmpty ? null : text.ToString());
            case BooleanDataViewType:
                return Made<bool>(Of);
            case DateTimeDataViewType:
                return Made<DateTime>(time => time == default ? null : Of(time));
            case DateTimeOffsetDataViewType:
                return Made<DateTimeOffset>(time => time == default ? null : $"{Of(time.DateTime)} {time:zzz}");
            case KeyDataViewType type:
                var (key, texts) = (CellReader.Number(row, column), CellReader.KeyTexts(column, type));
                return () => key() is >= 1 and var at && at <= texts.Length ? texts[(int)at - 1] : null;
            case VectorDataViewType vector:
                var (reader, values) = (NumberReader.Of(row, column, vector.Size), new float[vector.Size]);
                return () =>
                {
                    reader.Read(values);
                    return Of(values);
                };
        }
        return column.Type.RawType switch
        {
            var t when t == typeof(float) => Made<float>(value => float.IsNaN(value) ? null : Invariant(value)),
            var t when t == typeof(double) => Made<double>(value => double.IsNaN(value) ? null : Invariant(value)),
            var t when t == typeof(sbyte) => Made<sbyte>(Invariant),
            var t when t == typeof(byte) => Made<byte>(Invariant),
            var t when t == typeof(short) => Made<short>(Invariant),
            var t when t == typeof(ushort) => Made<ushort>(Invariant),
            var t when t == typeof(int) => Made<int>(Invariant),
            var t when t == typeof(uint) => Made<uint>(Invariant),
            var t when t == typeof(long) => Made<long>(Invariant),
            _ => Made<ulong>(Invariant),
        };

        Func<string?> Made<T>(Func<T, string?> toText)
        {
            var getter = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                return toText(value);
            };
        }
    }

    /// <summary>What a column of training should have held.</summary>
    /// <param name="column">What training told of it.</param>
    /// <param name="cell">What the decoder gives, in its units.</param>
    /// <param name="slots">What the decoder gives, of a vector.</param>
    public static string Expected(VaeTableColumn column, CellValues cell, ReadOnlySpan<float> slots) => column.Type switch
    {
        CellType.Text or CellType.Key => cell.Text(),
        CellType.Boolean => Of(cell.Number() > 0.5),
        CellType.DateTime => Of(cell.Time()),
        var type when CellType.IsVector(type) => Of(slots)!,
        _ => Expected(cell.Number()),
    };

    public static string Of(DateTime time) => time.ToString(
        time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm"
        : "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        CultureInfo.InvariantCulture);

    /// <summary>A number that was computed, of which few digits say something; a whole number has all of them.</summary>
    public static string Expected(double value)
    {
        var size = Math.Abs(value);
        if (value == Math.Truncate(value) && size < 1e15)
            return value.ToString("F0", CultureInfo.InvariantCulture);
        if (size is < 1e-4 or >= 1e15)
            return value.ToString($"G{ExpectedDigits}", CultureInfo.InvariantCulture);
        var decimals = Math.Max(0, ExpectedDigits - 1 - (int)Math.Floor(Math.Log10(size)));
        var text = value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return decimals > 0 ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    private static string Of(bool value) => value ? "true" : "false";

    private static string? Of(ReadOnlySpan<float> slots)
    {
        if (slots.ContainsAnyExcept(float.NaN))
        {
            var shown = slots[..Math.Min(ShownSlots, slots.Length)].ToArray();
            var text = string.Join(", ", shown.Select(value => float.IsNaN(value) ? MissingSlot : Expected(value)));
            return slots.Length > ShownSlots ? $"{text}, … ({ReportMessages.Count(slots.Length)} numbers)" : text;
        }
        return null;
    }

    private static string Invariant<T>(T value) where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);
}
