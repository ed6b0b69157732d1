using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace Digits;

/// <summary>Pictures to train on, and others.</summary>
internal sealed record DigitSet(ImageShape Shape, Digit[] Train, Digit[] Test)
{
    public const int FewestPictures = 100, MostTestPictures = 1_000;

    // Where there are no other files, what is held out of those to train on.
    private const int HeldOutOneIn = 6;

    private const float White = 255;

    /// <summary>The labels there are, in order.</summary>
    public string[] Labels { get; } = [.. Train.Select(digit => digit.Label).Distinct().Order(StringComparer.Ordinal)];

    /// <exception cref="InvalidDataException">The files do not belong together, or hold too few pictures.</exception>
    public static DigitSet Of((IdxFile Images, IdxFile Labels) train, (IdxFile Images, IdxFile Labels)? test, int most)
    {
        var shape = new ImageShape(train.Images.Lengths[1], train.Images.Lengths[2], Channels: 1, PixelLayout.Planar);
        var digits = Digits(train, shape, int.MaxValue);
        if (digits.Length < FewestPictures)
        {
            throw new InvalidDataException($"'{train.Images.Path}' has {digits.Length} pictures; at least {FewestPictures} are needed.");
        }

        if (test is { } files && Digits(files, shape, MostTestPictures) is { Length: >= FewestPictures } others)
        {
            return new(shape, digits[..Math.Min(most, digits.Length)], others);
        }

        var heldOut = Math.Min(MostTestPictures, digits.Length / HeldOutOneIn);
        return new(shape, digits[..Math.Min(most, digits.Length - heldOut)], digits[^heldOut..]);
    }

    public IDataView View(MLContext mlContext, IEnumerable<Digit> digits)
    {
        var schema = SchemaDefinition.Create(typeof(Digit));
        schema[nameof(Digit.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Shape.Height, Shape.Width);
        return mlContext.Data.LoadFromEnumerable(digits, schema);
    }

    private static Digit[] Digits((IdxFile Images, IdxFile Labels) files, ImageShape shape, int most)
    {
        var (images, labels) = files;
        if (images.Lengths[0] != labels.Lengths[0])
        {
            throw new InvalidDataException(
                $"'{images.Path}' has {images.Lengths[0]:N0} pictures and '{labels.Path}' {labels.Lengths[0]:N0} labels; give files that "
                + "belong together."
            );
        }

        if (images.Lengths[1] != shape.Height || images.Lengths[2] != shape.Width)
        {
            throw new InvalidDataException(
                $"'{images.Path}' has pictures of {images.Lengths[1]} x {images.Lengths[2]} pixels, those to train on have {shape.Height} "
                + $"x {shape.Width}; give files that belong together."
            );
        }

        var pixels = shape.Height * shape.Width;
        return [.. Enumerable.Range(0, Math.Min(most, images.Lengths[0])).Select(i => new Digit
        {
            Features = Array.ConvertAll(images.Values[(i * pixels)..((i + 1) * pixels)], value => value / White),
            Label = $"{labels.Values[i]}",
        })];
    }
}
