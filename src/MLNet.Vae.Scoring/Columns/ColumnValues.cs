using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>Reads one column of a row as floats, whatever its type: for training and for scoring. One per cursor or row.</summary>
internal abstract class ColumnValues
{
    /// <summary>Fills <paramref name="values"/> from the current row; a missing key gives NaN.</summary>
    /// <returns>Values that the row has; where they are others than asked for, none is written.</returns>
    public abstract int Read(Span<float> values);

    /// <param name="row">Where the column is active.</param>
    /// <param name="input">What to read.</param>
    public static ColumnValues Of(DataViewRow row, InputColumn input)
    {
        var column = row.Schema[input.Column.Index];
        return input.Kind switch
        {
            VaeInputKind.Key => column.Type.RawType switch
            {
                var t when t == typeof(byte) => new FromKey<byte>(row.GetGetter<byte>(column)),
                var t when t == typeof(ushort) => new FromKey<ushort>(row.GetGetter<ushort>(column)),
                var t when t == typeof(uint) => new FromKey<uint>(row.GetGetter<uint>(column)),
                _ => new FromKey<ulong>(row.GetGetter<ulong>(column)),
            },
            VaeInputKind.Sequence => ((VectorDataViewType)column.Type).ItemType.RawType switch
            {
                var t when t == typeof(byte) => FromKeys<byte>.Of(row, column, input),
                var t when t == typeof(ushort) => FromKeys<ushort>.Of(row, column, input),
                var t when t == typeof(uint) => FromKeys<uint>.Of(row, column, input),
                _ => FromKeys<ulong>.Of(row, column, input),
            },
            VaeInputKind.Boolean => new FromBoolean(row.GetGetter<bool>(column)),
            VaeInputKind.Scalar => OfNumbers(row, column, isVector: false),
            _ => OfNumbers(row, column, isVector: true),
        };
    }

    private static ColumnValues OfNumbers(DataViewRow row, DataViewSchema.Column column, bool isVector)
    {
        return ItemTypes.RawType(column.Type) switch
        {
            var t when t == typeof(float) && isVector => new FromVector(row.GetGetter<VBuffer<float>>(column)),
            var t when t == typeof(double) => Of<double>(),
            var t when t == typeof(sbyte) => Of<sbyte>(),
            var t when t == typeof(byte) => Of<byte>(),
            var t when t == typeof(short) => Of<short>(),
            var t when t == typeof(ushort) => Of<ushort>(),
            var t when t == typeof(int) => Of<int>(),
            var t when t == typeof(uint) => Of<uint>(),
            var t when t == typeof(long) => Of<long>(),
            var t when t == typeof(ulong) => Of<ulong>(),
            var t when t == typeof(bool) => new FromOther<bool>(row.GetGetter<VBuffer<bool>>(column), value => value ? 1 : 0),
            _ => Of<float>(),
        };

        ColumnValues Of<T>() where T : struct, INumberBase<T> => isVector
            ? new FromOther<T>(row.GetGetter<VBuffer<T>>(column), float.CreateTruncating)
            : new FromScalar<T>(row.GetGetter<T>(column));
    }

    private sealed class FromVector(ValueGetter<VBuffer<float>> getter) : ColumnValues
    {
        private VBuffer<float> _row;

        public override int Read(Span<float> values)
        {
            getter(ref _row);
            if (_row.Length == values.Length)
                _row.CopyTo(values);
            return _row.Length;
        }
    }

    /// <summary>What ML.NET's <c>ConvertType</c> would make of a vector of other numbers, or of Booleans.</summary>
    private sealed class FromOther<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> convert) : ColumnValues
    {
        private VBuffer<T> _row;

        public override int Read(Span<float> values)
        {
            getter(ref _row);
            if (_row.Length != values.Length)
                return _row.Length;
            if (!_row.IsDense)
                values.Clear();
            foreach (var (slot, value) in _row.Items())
                values[slot] = convert(value);
            return _row.Length;
        }
    }

    /// <summary>A key counts from 1; 0 is a missing one, and so, to ML.NET, is one beyond the last.</summary>
    private sealed class FromKey<T>(ValueGetter<T> getter) : ColumnValues where T : struct, IBinaryInteger<T>
    {
        private T _key;

        public override int Read(Span<float> values)
        {
            getter(ref _key);
            var key = ulong.CreateTruncating(_key);
            if (key >= 1 && key <= (ulong)values.Length)
            {
                values.Clear();
                values[(int)key - 1] = 1;
            }
            else
            {
                values.Fill(float.NaN);
            }

            return values.Length;
        }
    }

    /// <summary>
    /// Keys count from 1. In a vector of known size missing ones at the end are padding; any other missing key, and so, to ML.NET, one
    /// beyond the last, is a token that is not known, NaN.
    /// </summary>
    private sealed class FromKeys<T>(ValueGetter<VBuffer<T>> getter, int tokens, bool isPadded) : ColumnValues
        where T : struct, IBinaryInteger<T>
    {
        private VBuffer<T> _row;
        private T[] _keys = [];

        public static FromKeys<T> Of(DataViewRow row, DataViewSchema.Column column, InputColumn input)
            => new(row.GetGetter<VBuffer<T>>(column), input.Tokens, ((VectorDataViewType)column.Type).IsKnownSize);

        public override int Read(Span<float> values)
        {
            getter(ref _row);
            if (_keys.Length < _row.Length)
            {
                Array.Resize(ref _keys, _row.Length);
            }

            _row.CopyTo(_keys);
            var length = _row.Length;
            while (isPadded && length > 0 && T.IsZero(_keys[length - 1]))
            {
                length--;
            }

            if (length > values.Length)
            {
                return length;
            }

            for (var i = 0; i < length; i++)
            {
                var key = ulong.CreateTruncating(_keys[i]);
                values[i] = key >= 1 && key <= (ulong)tokens ? key : float.NaN;
            }

            values[length..].Clear();
            return values.Length;
        }
    }

    private sealed class FromBoolean(ValueGetter<bool> getter) : ColumnValues
    {
        private bool _value;

        public override int Read(Span<float> values)
        {
            getter(ref _value);
            values[0] = _value ? 1 : 0;
            return 1;
        }
    }

    private sealed class FromScalar<T>(ValueGetter<T> getter) : ColumnValues where T : struct, INumberBase<T>
    {
        private T _value;

        public override int Read(Span<float> values)
        {
            getter(ref _value);
            values[0] = float.CreateTruncating(_value);
            return 1;
        }
    }
}
