using System.Globalization;
using System.Net;
using MLNet.Vae.Columns;
using MLNet.Vae.Interop;

namespace MLNet.Vae;

/// <summary>A picture, 8 bits a channel. Immutable and safe for use by several threads at once.</summary>
public sealed class VaePicture
{
    /// <summary>Most pixels of a picture.</summary>
    internal const int MaximumPixels = 1 << 28;

    /// <summary>Pixels between two images of a grid when no number is given.</summary>
    internal const int DefaultMargin = 2;

    /// <summary>
    /// What margins and empty places of a grid are filled with: seen beside black, beside white, and on a page of either.
    /// </summary>
    private const byte Background = 0x80;

    private readonly byte[] _pixels;

    private VaePicture(int width, int height, int channels, byte[] pixels)
    {
        (Width, Height, Channels) = (width, height, channels);
        _pixels = pixels;
    }

    /// <summary>Pixels of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>1: grey; 3: red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The values, <c>[height, width, channels]</c>, 0 to 255; lines from the top down.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Images side by side in lines.</summary>
    /// <param name="shape">How the values of an image lie; 1 channel or 3.</param>
    /// <param name="images">
    /// Line after line, from left to right, <c>[n][height·width·channels]</c>. Places after the last stay empty.
    /// </param>
    /// <param name="columns">Images of a line, from 1; fewer images make a narrower grid.</param>
    /// <param name="minimum">The value that is black; lower ones are too.</param>
    /// <param name="maximum">The value that is white, or full of its colour; higher ones are too.</param>
    /// <param name="scale">Pixels of the picture for one of an image, along each side, from 1.</param>
    /// <param name="margin">Pixels of the picture between two images, 0 or above.</param>
    /// <exception cref="ArgumentException">
    /// There is no image; one has another size or is not finite; the shape has other channels; the range is none.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the picture would be larger than 2²⁸ pixels.</exception>
    public static VaePicture Grid(
        ImageShape shape, IReadOnlyList<float[]> images, int columns,
        double minimum = 0, double maximum = 1, int scale = 1, int margin = DefaultMargin)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(images);
        return Compose(shape, images, columns, minimum, maximum, scale, margin);
    }

    /// <summary>Of pixels that nobody changes afterwards.</summary>
    internal static VaePicture Of(int width, int height, int channels, byte[] pixels) => new(width, height, channels, pixels);

    /// <summary>The same with places that stay empty.</summary>
    internal static VaePicture Compose(
        ImageShape shape,
        IReadOnlyList<float[]?> images,
        int columns,
        double minimum,
        double maximum,
        int scale,
        int margin = DefaultMargin
    )
    {
        Check(shape);
        CheckRange(minimum, maximum);
        AtLeast(nameof(columns), "The number of columns", 1, columns);
        AtLeast(nameof(scale), "The scale", 1, scale);
        AtLeast(nameof(margin), "The margin", 0, margin);
        if (images.Count == 0)
            throw new ArgumentException(PictureMessages.NoImages(), nameof(images));
        Check(shape, images);

        columns = Math.Min(columns, images.Count);
        var lines = (images.Count + columns - 1) / columns;
        var (tileWidth, tileHeight) = ((long)shape.Width * scale, (long)shape.Height * scale);
        var (width, height) = ((columns * (tileWidth + margin)) - margin, (lines * (tileHeight + margin)) - margin);
        if (width > MaximumPixels || height > MaximumPixels || width * height > MaximumPixels)
            throw new ArgumentOutOfRangeException(nameof(images), PictureMessages.TooLarge(width, height));

        var picture = new byte[width * height * shape.Channels];
        Array.Fill(picture, Background);
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is { } image)
            {
                Draw(
                    picture,
                    (int)width,
                    (int)(i % columns * (tileWidth + margin)),
                    (int)(i / columns * (tileHeight + margin)),
                    shape,
                    image,
                    minimum,
                    maximum,
                    scale
                );
            }
        }
        return new((int)width, (int)height, shape.Channels, picture);
    }

    /// <summary>The picture as a PNG file.</summary>
    public byte[] ToPng() => PngFile.Write(Width, Height, Channels, _pixels);

    /// <summary>Writes the picture as a PNG file, replacing one of this name.</summary>
    /// <param name="path">The file; directories on the way are made where they do not exist.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or blank.</exception>
    /// <exception cref="IOException">The file cannot be written; says which and why. A file that was there is as it was.</exception>
    public void SavePng(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileSet.WriteOne("picture", path, stream => stream.Write(ToPng()));
    }

    /// <summary>The picture as an <c>img</c> element that holds it: for notebooks and pages.</summary>
    /// <param name="alternative">What it shows, in words.</param>
    public string ToHtml(string alternative = "")
    {
        ArgumentNullException.ThrowIfNull(alternative);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<img src=\"data:image/png;base64,{Convert.ToBase64String(ToPng())}\" width=\"{Width}\" height=\"{Height}\" "
            + $"style=\"image-rendering:pixelated\" alt=\"{WebUtility.HtmlEncode(alternative)}\">"
        );
    }

    /// <exception cref="ArgumentException">It makes no picture.</exception>
    internal static void Check(ImageShape shape)
    {
        if (shape.Height < 1 || shape.Width < 1 || shape.Channels is not (1 or 3))
            throw new ArgumentException(PictureMessages.BadShape(shape), nameof(shape));
    }

    /// <exception cref="ArgumentException">It is none.</exception>
    internal static void CheckRange(double minimum, double maximum)
    {
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum) || minimum >= maximum)
            throw new ArgumentException(PictureMessages.NotARange(minimum, maximum), nameof(maximum));
    }

    internal static void AtLeast(string parameter, string what, int least, int found)
    {
        if (found < least)
            throw new ArgumentOutOfRangeException(parameter, PictureMessages.AtLeast(what, least, found));
    }

    private static void Check(ImageShape shape, IReadOnlyList<float[]?> images)
    {
        for (var i = 0; i < images.Count; i++)
        {
            if (images[i] is not { } image)
                continue;
            if (image.Length != shape.ValueCount)
                throw new ArgumentException(PictureMessages.ImageOfWrongSize(i, shape, shape.ValueCount, image.Length), nameof(images));
            if (FiniteValues.IndexOfFirstOther(image) is >= 0 and var value)
                throw new ArgumentException(PictureMessages.NonFinite(i, value, image[value]), nameof(images));
        }
    }

    private static void Draw(
        byte[] picture, int pictureWidth, int left, int top, ImageShape shape, float[] image, double minimum, double maximum, int scale)
    {
        var (height, width, channels, layout) = shape;
        for (var y = 0; y < height * scale; y++)
        {
            for (var x = 0; x < width * scale; x++)
            {
                var (line, column) = (y / scale, x / scale);
                for (var channel = 0; channel < channels; channel++)
                {
                    var value = layout == PixelLayout.Planar
                        ? image[(((channel * height) + line) * width) + column]
                        : image[(((line * width) + column) * channels) + channel];
                    picture[((((top + y) * pictureWidth) + left + x) * channels) + channel] = Level(value, minimum, maximum);
                }
            }
        }
    }

    private static byte Level(double value, double minimum, double maximum)
        => (byte)Math.Round(byte.MaxValue * Math.Clamp((value - minimum) / (maximum - minimum), 0, 1), MidpointRounding.AwayFromZero);
}
