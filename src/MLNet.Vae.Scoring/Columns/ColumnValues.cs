using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Columns;

/// <summary>Reads one column of a row as floats, whatever its type: for training and for scoring. One per cursor or row.</summary>
internal abstract class ColumnValues
{
    /// <summary>Fills <paramref name="values"/> from the current row; a missing key gives NaN.</summary>
    /// <returns>Values that the row has; where they are others than asked for, what is written means nothing.</returns>
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
            _ => new FromNumbers(NumberReader.Of(row, column, input.Width)),
        };
    }

    private sealed class FromNumbers(NumberReader reader) : ColumnValues
    {
        public override int Read(Span<float> values) => reader.Read(values);
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
}
