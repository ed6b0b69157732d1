using System.Globalization;

namespace MLNet.Vae;

/// <summary>Every sentence that pictures say to a user.</summary>
internal static class PictureMessages
{
    public static string NoShape(int values)
        => "The model does not say how its rows make pictures: pass an ImageShape (height, width, channels and layout) "
            + $"of {Text(values)} values, as many as a row has.";

    public static string OtherShape(ImageShape shape, int values) =>
        $"An ImageShape of {Describe(shape)} has {Text((long)shape.Height * shape.Width * shape.Channels)} values; the model's rows have "
        + $"{Text(values)}. "
        + "Pass the shape of the training pictures.";

    public static string FeaturesAreNoPictures(int features, int generated)
        => $"The model reads rows of {Text(features)} values and generates pictures of {Text(generated)}: the two cannot lie side by side. "
            + "Draw what it generates: Samples, Manifold or Interpolation.";

    public static string BadShape(ImageShape shape) =>
        $"An ImageShape of {Describe(shape)} makes no picture: expected height and width of at least 1, and 1 channel (grey) or 3 (red, "
        + "green, blue).";

    public static string NoImages() => "There is no image to draw. Give at least one.";

    public static string ImageOfWrongSize(int image, ImageShape shape, int expected, int found)
        => $"Image {Text(image)} (counted from 0) has {Text(found)} values; an ImageShape of {Describe(shape)} has {Text(expected)}.";

    public static string NonFinite(int image, int value, float found) =>
        $"Image {Text(image)} (counted from 0), value {Text(value)} is {found.ToString(CultureInfo.InvariantCulture)}; only finite "
        + "numbers can be drawn.";

    public static string NotARange(double minimum, double maximum) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Black is at {minimum} and white at {maximum}: expected two finite numbers, the second above the first."
        );

    public static string TooLarge(long width, long height) =>
        $"The picture would have {Text(width)} by {Text(height)} pixels, more than {Text(VaePicture.MaximumPixels)} in all. Draw fewer "
        + "images, or at a smaller scale.";

    public static string AtLeast(string what, int least, int found) => $"{what} must be at least {Text(least)}; it is {Text(found)}.";

    public static string NotAsMany(int rows, string what, int found)
        => $"There are {Text(rows)} rows and {Text(found)} {what}: give one for each row.";

    public static string NoPoints() => "There is no point to draw. Give at least one, of each curve.";

    public static string NonFinitePoint(int point, double x, double y) =>
        string.Create(CultureInfo.InvariantCulture, $"Point {point} (counted from 0) is ({x}, {y}); only finite numbers can be drawn.");

    private static string Describe(ImageShape shape)
        => string.Create(CultureInfo.InvariantCulture, $"{shape.Height} × {shape.Width} × {shape.Channels}");

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
