using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Data;

/// <summary>Whether a column holds the pictures that an architecture reads.</summary>
internal static class PictureChecks
{
    /// <param name="input">What the encoder is to read, or the decoder to give.</param>
    /// <param name="picture"><see langword="null"/>: any row will do.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The column has another number of values, or says itself that its pictures are of another shape.
    /// </exception>
    public static void Fit(InputColumn input, ImageShape? picture)
    {
        if (picture is null)
            return;
        var column = input.Column;
        if (column.Type is not VectorDataViewType type)
            throw Refused(column, picture, $"{Text([picture.ValueCount])} values", $"{column.Type}");
        var expected = picture.Dimensions;
        if (type.Size != picture.ValueCount)
            throw Refused(column, picture, $"{Text([picture.ValueCount])} values", Text([type.Size]));
        // A column of one dimension says nothing of its pictures, and an axis of length 1 may be left out or stand anywhere.
        if (type.Dimensions.Length > 1 && !Meaningful(type.Dimensions).SequenceEqual(Meaningful(expected)))
            throw Refused(column, picture, $"the dimensions {Text(expected)}", Text(type.Dimensions));
    }

    private static IEnumerable<int> Meaningful(IEnumerable<int> dimensions) => dimensions.Where(length => length != 1);

    private static ArgumentOutOfRangeException Refused(DataViewSchema.Column column, ImageShape picture, string expected, string found)
        => new(nameof(column),
            $"Column '{column.Name}': expected {expected}, for {picture.Layout.ToString().ToLowerInvariant()} pictures of "
                + $"{Text([picture.Height, picture.Width, picture.Channels])} (height x width x channels), found {found}. "
                + $"Give {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Convolutional)} the height, width, channels and layout that "
                + "the column is made with."
        );

    private static string Text(IEnumerable<int> lengths) =>
        string.Join(" x ", lengths.Select(length => length.ToString(CultureInfo.InvariantCulture)));
}
