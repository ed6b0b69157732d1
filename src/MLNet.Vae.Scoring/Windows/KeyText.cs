using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Windows;

/// <summary>Reads which series a row is of, as text: the text itself, or the number of an integer or a key. One per cursor.</summary>
internal abstract class KeyText
{
    public abstract ReadOnlySpan<char> Read();

    public static bool Takes(DataViewType type) => type is TextDataViewType or KeyDataViewType
        || type is NumberDataViewType && type.RawType != typeof(float) && type.RawType != typeof(double);

    public static KeyText Of(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var t when t == typeof(ReadOnlyMemory<char>) => new Text(row.GetGetter<ReadOnlyMemory<char>>(column)),
        var t when t == typeof(sbyte) => new Number<sbyte>(row.GetGetter<sbyte>(column)),
        var t when t == typeof(byte) => new Number<byte>(row.GetGetter<byte>(column)),
        var t when t == typeof(short) => new Number<short>(row.GetGetter<short>(column)),
        var t when t == typeof(ushort) => new Number<ushort>(row.GetGetter<ushort>(column)),
        var t when t == typeof(int) => new Number<int>(row.GetGetter<int>(column)),
        var t when t == typeof(uint) => new Number<uint>(row.GetGetter<uint>(column)),
        var t when t == typeof(long) => new Number<long>(row.GetGetter<long>(column)),
        _ => new Number<ulong>(row.GetGetter<ulong>(column)),
    };

    private sealed class Text(ValueGetter<ReadOnlyMemory<char>> getter) : KeyText
    {
        private ReadOnlyMemory<char> _text;

        public override ReadOnlySpan<char> Read()
        {
            getter(ref _text);
            return _text.Span;
        }
    }

    private sealed class Number<T>(ValueGetter<T> getter) : KeyText where T : ISpanFormattable
    {
        // Of the longest 64-bit integer.
        private readonly char[] _digits = new char[20];
        private T _value = default!;

        public override ReadOnlySpan<char> Read()
        {
            getter(ref _value);
            _value.TryFormat(_digits, out var length, default, CultureInfo.InvariantCulture);
            return _digits.AsSpan(0, length);
        }
    }
}
