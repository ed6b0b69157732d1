using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Data;

/// <summary>Whether a column holds the pictures or series that an architecture reads.</summary>
internal static class ShapeChecks
{
    /// <param name="input">What the encoder is to read, or the decoder to give.</param>
    /// <param name="row"><see langword="null"/>: any row will do.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The column has another number of values, or says itself that its pictures or series are of another shape.
    /// </exception>
    public static void Fit(InputColumn input, RowShape? row)
    {
        if (row is null)
            return;
        var column = input.Column;
        if (column.Type is not VectorDataViewType type)
            throw Refused(column, row, $"{Text([row.ValueCount])} values", $"{column.Type}");
        if (type.Size != row.ValueCount)
            throw Refused(column, row, $"{Text([row.ValueCount])} values", Text([type.Size]));
        // A column of one dimension says nothing of its shape, and an axis of length 1 may be left out or stand anywhere.
        if (type.Dimensions.Length > 1 && !Meaningful(type.Dimensions).SequenceEqual(Meaningful(row.Dimensions)))
            throw Refused(column, row, $"the dimensions {Text(row.Dimensions)}", Text(type.Dimensions));
    }

    private static IEnumerable<int> Meaningful(IEnumerable<int> dimensions) => dimensions.Where(length => length != 1);

    private static ArgumentOutOfRangeException Refused(DataViewSchema.Column column, RowShape row, string expected, string found)
        => new(nameof(column),
            $"Column '{column.Name}': expected {expected}, for {row.Description}, found {found}. "
                + $"Give {nameof(VaeArchitecture)}.{row.Asked} that the column is made with.");

    private static string Text(IEnumerable<int> lengths) =>
        string.Join(" x ", lengths.Select(length => length.ToString(CultureInfo.InvariantCulture)));
}
