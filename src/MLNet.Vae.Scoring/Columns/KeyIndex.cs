using System.Numerics;
using Microsoft.ML;

namespace MLNet.Vae.Columns;

/// <summary>Reads a key as the place of its value, without the one-hot vector that it stands for.</summary>
internal static class KeyIndex
{
    /// <summary>What <see cref="Of"/> gives for a missing key.</summary>
    public const int Missing = -1;

    /// <param name="row">Where the column is active.</param>
    /// <param name="input">A key.</param>
    /// <returns>Of the row as it stands at each call, from 0.</returns>
    public static Func<int> Of(DataViewRow row, InputColumn input)
    {
        var column = row.Schema[input.Column.Index];
        return column.Type.RawType switch
        {
            var t when t == typeof(byte) => Of(row.GetGetter<byte>(column), input.Width),
            var t when t == typeof(ushort) => Of(row.GetGetter<ushort>(column), input.Width),
            var t when t == typeof(uint) => Of(row.GetGetter<uint>(column), input.Width),
            _ => Of(row.GetGetter<ulong>(column), input.Width),
        };
    }

    // A key counts from 1; 0 is a missing one, and so, to ML.NET, is one beyond the last.
    private static Func<int> Of<T>(ValueGetter<T> getter, int count) where T : struct, IBinaryInteger<T> => () =>
    {
        T key = default;
        getter(ref key);
        var value = ulong.CreateTruncating(key);
        return value >= 1 && value <= (ulong)count ? (int)value - 1 : Missing;
    };
}
