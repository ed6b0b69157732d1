using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;
using MLNet.Vae.Tables;
using MLNet.Vae.Windows;

namespace MLNet.Vae.Cells;

/// <summary>Reads a column of the current row of a cursor as its part of the features. One per cursor.</summary>
internal abstract class CellReader
{
    public abstract void Read(Span<float> features);

    /// <param name="row">The current row.</param>
    /// <param name="column">Of its schema.</param>
    /// <param name="maps">Of its fields.</param>
    public static CellReader Of(DataViewRow row, DataViewSchema.Column column, IReadOnlyList<FieldMap> maps) =>
        column.Type switch
        {
            TextDataViewType => new TextCell(row.GetGetter<ReadOnlyMemory<char>>(column), maps[0]),
            KeyDataViewType key => new KeyCell(Number(row, column), KeyTexts(column, key), maps[0]),
            DateTimeDataViewType or DateTimeOffsetDataViewType => new TimeCell(TimeSeconds.Of(row, column), maps),
            VectorDataViewType vector => new VectorCell(NumberReader.Of(row, column, vector.Size), maps[0], column.Name),
            BooleanDataViewType => new NumberCell(Flag(row.GetGetter<bool>(column)), maps[0]),
            _ => new NumberCell(Number(row, column), maps[0]),
        };

    /// <summary>A number of any type, or a key, from 1; 0: it is missing.</summary>
    public static Func<double> Number(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var t when t == typeof(float) => Made(row.GetGetter<float>(column)),
        var t when t == typeof(double) => Made(row.GetGetter<double>(column)),
        var t when t == typeof(sbyte) => Made(row.GetGetter<sbyte>(column)),
        var t when t == typeof(byte) => Made(row.GetGetter<byte>(column)),
        var t when t == typeof(short) => Made(row.GetGetter<short>(column)),
        var t when t == typeof(ushort) => Made(row.GetGetter<ushort>(column)),
        var t when t == typeof(int) => Made(row.GetGetter<int>(column)),
        var t when t == typeof(uint) => Made(row.GetGetter<uint>(column)),
        var t when t == typeof(long) => Made(row.GetGetter<long>(column)),
        _ => Made(row.GetGetter<ulong>(column)),
    };

    /// <summary>What each key stands for, from key 1 on: its name or, where the column does not say, its number.</summary>
    public static string[] KeyTexts(DataViewSchema.Column column, KeyDataViewType type)
    {
        var count = (int)Math.Min(type.Count, int.MaxValue);
        return KeyNames.Of(column, count)
            ?? [.. Enumerable.Range(1, count).Select(key => key.ToString(CultureInfo.InvariantCulture))];
    }

    private static Func<double> Flag(ValueGetter<bool> getter) => () =>
    {
        var value = false;
        getter(ref value);
        return value ? 1 : 0;
    };

    private static Func<double> Made<T>(ValueGetter<T> getter) where T : struct, INumber<T> => () =>
    {
        T value = default;
        getter(ref value);
        return double.CreateTruncating(value);
    };

    private sealed class TextCell(ValueGetter<ReadOnlyMemory<char>> getter, FieldMap map) : CellReader
    {
        private ReadOnlyMemory<char> _text;

        public override void Read(Span<float> features)
        {
            getter(ref _text);
            map.Write(_text.Span, features);
        }
    }

    private sealed class KeyCell(Func<double> key, string[] texts, FieldMap map) : CellReader
    {
        public override void Read(Span<float> features)
        {
            var place = key() - 1;
            map.Write(place >= 0 && place < texts.Length ? texts[(int)place] : "", features);
        }
    }

    private sealed class NumberCell(Func<double> number, FieldMap map) : CellReader
    {
        public override void Read(Span<float> features) => map.Write(number(), features);
    }

    private sealed class TimeCell(Func<double> seconds, IReadOnlyList<FieldMap> maps) : CellReader
    {
        public override void Read(Span<float> features) => TimeParts.Write(maps, seconds(), features);
    }

    private sealed class VectorCell(NumberReader reader, FieldMap map, string column) : CellReader
    {
        /// <exception cref="InvalidOperationException">A row has another number of values than the column's type says.</exception>
        public override void Read(Span<float> features)
        {
            var found = reader.Read(features.Slice(map.Field.Start, map.Field.Count));
            // None at all is a row without the vector.
            if (found != 0 && found != map.Field.Count)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Column \"{column}\": expected {map.Field.Count} values in each row, as its type says, but a row has {found}. ")
                    + "Mend the row, or leave the vector out of it (null), which counts as missing.");
            }
        }
    }
}
