using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Windows;

/// <summary>Reads a column of numbers, whatever their type, as floats; what is missing as NaN.</summary>
/// <param name="width">Values of a row.</param>
internal abstract class NumberReader(int width)
{
    public int Width => width;

    public abstract void Read(Span<float> values);

    public static bool Takes(DataViewType type) => type is BooleanDataViewType or NumberDataViewType;

    public static NumberReader Of(DataViewRow row, DataViewSchema.Column column, int width)
    {
        var vector = column.Type as VectorDataViewType;
        return (vector?.ItemType ?? column.Type).RawType switch
        {
            var t when t == typeof(float) => Numbers<float>(),
            var t when t == typeof(double) => Numbers<double>(),
            var t when t == typeof(sbyte) => Numbers<sbyte>(),
            var t when t == typeof(byte) => Numbers<byte>(),
            var t when t == typeof(short) => Numbers<short>(),
            var t when t == typeof(ushort) => Numbers<ushort>(),
            var t when t == typeof(int) => Numbers<int>(),
            var t when t == typeof(uint) => Numbers<uint>(),
            var t when t == typeof(long) => Numbers<long>(),
            var t when t == typeof(ulong) => Numbers<ulong>(),
            _ => Made<bool>(value => value ? 1 : 0),
        };

        NumberReader Numbers<T>() where T : INumber<T> => Made<T>(float.CreateTruncating);

        NumberReader Made<T>(Func<T, float> toFloat) => vector is null
            ? new Scalar<T>(row.GetGetter<T>(column), toFloat)
            : new Vector<T>(row.GetGetter<VBuffer<T>>(column), toFloat, width);
    }

    private sealed class Scalar<T>(ValueGetter<T> getter, Func<T, float> toFloat) : NumberReader(1)
    {
        private T _value = default!;

        public override void Read(Span<float> values)
        {
            getter(ref _value);
            values[0] = toFloat(_value);
        }
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> toFloat, int width) : NumberReader(width)
    {
        private VBuffer<T> _row;

        public override void Read(Span<float> values)
        {
            getter(ref _row);
            // What a source of another width than it promised leaves out is missing.
            values.Fill(_row.Length == values.Length ? 0 : float.NaN);
            if (_row.Length != values.Length)
                return;
            foreach (var (slot, value) in _row.Items())
                values[slot] = toFloat(value);
        }
    }
}
