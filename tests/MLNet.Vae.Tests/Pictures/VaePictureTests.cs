using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Pictures;

public class VaePictureTests
{
    private const byte B = 0x80;

    private static readonly ImageShape Grey = new(2, 2, 1, PixelLayout.Planar);

    [Fact]
    public void Images_lie_side_by_side_in_lines_with_a_margin_between()
    {
        var picture = VaePicture.Grid(Grey, [[0, 0.2f, 0.4f, 0.6f], [1, 1, 1, 1], [0.8f, 0, 0, 0.8f]], columns: 2, margin: 1);

        Assert.Equal((5, 5, 1), (picture.Width, picture.Height, picture.Channels));
        byte[] expected =
        [
            0, 51, B, 255, 255,
            102, 153, B, 255, 255,
            B, B, B, B, B,
            204, 0, B, B, B,
            0, 204, B, B, B,
        ];
        Assert.Equal(expected, picture.Pixels.ToArray());
    }

    [Fact]
    public void Pixels_are_scaled_up_whole()
    {
        var picture = VaePicture.Grid(new(1, 2, 1, PixelLayout.Interleaved), [[0, 1], [1, 0]], columns: 5, scale: 2, margin: 0);

        Assert.Equal((8, 2), (picture.Width, picture.Height));
        Assert.Equal([0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0], picture.Pixels.ToArray());
    }

    [Theory]
    [InlineData(PixelLayout.Interleaved, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(PixelLayout.Planar, new float[] { 1, 4, 2, 5, 3, 6 })]
    public void Colours_come_pixel_by_pixel_or_plane_by_plane(PixelLayout layout, float[] values)
    {
        var picture = VaePicture.Grid(new(1, 2, 3, layout), [values], columns: 1, maximum: 255);

        Assert.Equal([1, 2, 3, 4, 5, 6], picture.Pixels.ToArray());
        Assert.Equal(3, PngReader.Read(picture.ToPng()).Channels);
    }

    [Fact]
    public void Values_beyond_the_range_are_black_and_white()
    {
        var picture = VaePicture.Grid(Grey, [[-9, -1, 1, 9]], columns: 1, minimum: -1, maximum: 1);

        Assert.Equal([0, 0, 255, 255], picture.Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, 7, 5)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 40, 33)]
    public void A_file_holds_the_pixels(int channels, int height, int width)
    {
        var random = new Random(channels);
        var image = Enumerable.Range(0, height * width * channels).Select(_ => random.NextSingle()).ToArray();
        var picture = VaePicture.Grid(new(height, width, channels, PixelLayout.Interleaved), [image], columns: 1);

        var file = PngReader.Read(picture.ToPng());

        Assert.Equal((width, height, channels), (file.Width, file.Height, file.Channels));
        Assert.Equal(image.Select(v => (byte)Math.Round(v * 255, MidpointRounding.AwayFromZero)), file.Pixels);
    }

    [Fact]
    public void It_is_saved_with_the_directories_on_the_way()
    {
        using var directory = new TemporaryDirectory();
        var picture = VaePicture.Grid(Grey, [[0, 0, 1, 1]], columns: 1);
        var path = Path.Combine(directory.Path, "new", "picture.png");

        picture.SavePng(path);
        picture.SavePng(path);

        Assert.Equal(picture.ToPng(), File.ReadAllBytes(path));
        var error = Assert.Throws<IOException>(() => picture.SavePng(Path.Combine(path, "below a file.png")));
        Assert.StartsWith(
            $"The picture could not be written to '{Path.Combine(path, "below a file.png")}': ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " Choose a path in a directory that exists or can be made, is writable and has room.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void As_HTML_it_is_one_element_that_holds_the_file()
    {
        var picture = VaePicture.Grid(Grey, [[0, 0, 1, 1]], columns: 1);

        Assert.Equal(
            $"<img src=\"data:image/png;base64,{Convert.ToBase64String(picture.ToPng())}\" width=\"2\" height=\"2\" "
                + "style=\"image-rendering:pixelated\" alt=\"a &lt;b&gt; &quot;c&quot;\">",
            picture.ToHtml("a <b> \"c\""));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        float[][] images =
        [
            [0, 0, 0, 0],
            [0, 0, 0],
        ];
        Argument(
            "Image 1 (counted from 0) has 3 values; an ImageShape of 2 × 2 × 1 has 4. (Parameter 'images')",
            () => VaePicture.Grid(Grey, images, 1)
        );
        Argument(
            "Image 0 (counted from 0), value 2 is NaN; only finite numbers can be drawn. (Parameter 'images')",
            () =>
                VaePicture.Grid(
                    Grey,
                    [
                        [0, 0, float.NaN, 0],
                    ],
                    1
                )
        );
        Argument("There is no image to draw. Give at least one. (Parameter 'images')", () => VaePicture.Grid(Grey, [], 1));
        Argument(
            "An ImageShape of 2 × 2 × 4 makes no picture: expected height and width of at least 1, and 1 channel (grey) or 3 (red, green, "
            + "blue). (Parameter 'shape')",
            () => VaePicture.Grid(Grey with { Channels = 4 }, [new float[16]], 1));
        Argument(
            "Black is at 1 and white at 1: expected two finite numbers, the second above the first. (Parameter 'maximum')",
            () => VaePicture.Grid(Grey, [new float[4]], 1, minimum: 1)
        );
        OutOfRange(
            "The number of columns must be at least 1; it is 0. (Parameter 'columns')",
            () => VaePicture.Grid(Grey, [new float[4]], 0)
        );
        OutOfRange("The scale must be at least 1; it is 0. (Parameter 'scale')", () => VaePicture.Grid(Grey, [new float[4]], 1, scale: 0));
        OutOfRange(
            "The margin must be at least 0; it is -1. (Parameter 'margin')",
            () => VaePicture.Grid(Grey, [new float[4]], 1, margin: -1)
        );
        OutOfRange(
            "The picture would have 200,000 by 200,000 pixels, more than 268,435,456 in all. Draw fewer images, or at a smaller scale. "
            + "(Parameter 'images')",
            () => VaePicture.Grid(Grey, [new float[4]], 1, scale: 100_000));
    }

    private static void Argument(string message, Action action) => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);

    private static void OutOfRange(string message, Action action) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(action).Message);
}
