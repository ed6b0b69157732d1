using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>
/// Reads a column of numbers or Booleans, whatever their type, as floats: what ML.NET's <c>ConvertType</c> makes of them. What is missing
/// is NaN.
/// </summary>
/// <param name="width">Values of a row.</param>
internal abstract class NumberReader(int width)
{
    public int Width => width;

    /// <summary>Fills <paramref name="values"/>, with NaN where a source has another width than it promised.</summary>
    /// <returns>Values that the row has.</returns>
    public abstract int Read(Span<float> values);

    public static bool Takes(DataViewType type) => type is BooleanDataViewType or NumberDataViewType;

    public static NumberReader Of(DataViewRow row, DataViewSchema.Column column, int width)
    {
        var vector = column.Type as VectorDataViewType;
        return (vector?.ItemType ?? column.Type).RawType switch
        {
            var t when t == typeof(float) => vector is null
                ? Numbers<float>()
                : new Singles(row.GetGetter<VBuffer<float>>(column), width),
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

        public override int Read(Span<float> values)
        {
            getter(ref _value);
            values[0] = toFloat(_value);
            return 1;
        }
    }

    private sealed class Vector<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> toFloat, int width) : NumberReader(width)
    {
        private VBuffer<T> _row;

        public override int Read(Span<float> values)
        {
            getter(ref _row);
            values.Fill(_row.Length == values.Length ? 0 : float.NaN);
            if (_row.Length != values.Length)
                return _row.Length;
            foreach (var (slot, value) in _row.Items())
                values[slot] = toFloat(value);
            return _row.Length;
        }
    }

    /// <summary>What most columns are, copied as a whole.</summary>
    private sealed class Singles(ValueGetter<VBuffer<float>> getter, int width) : NumberReader(width)
    {
        private VBuffer<float> _row;

        public override int Read(Span<float> values)
        {
            getter(ref _row);
            if (_row.Length == values.Length)
                _row.CopyTo(values);
            else
                values.Fill(float.NaN);
            return _row.Length;
        }
    }
}
