namespace MLNet.Vae.Tests.Pictures;

/// <summary>Scatter plots and curves: what is drawn where, and in which colour.</summary>
public sealed class VaePlotTests
{
    [Fact]
    public void A_point_lies_where_its_numbers_say_in_the_colour_of_its_class()
    {
        // The ends of the axes are 4 % beyond the outermost points.
        var plot = VaePlot.Scatter([(0, 0), (10, 0), (0, 10), (10, 10)], ["10", "9", "b", "a"], width: 300, height: 200);

        Assert.Equal((300, 200, 3), (plot.Width, plot.Height, plot.Channels));
        Assert.Equal(["9", "10", "a", "b"], VaePlot.Classes(["10", "9", "b", "a", "9"]));
        var (left, right, top, bottom) = (51, 280, 14, 173);
        AssertColor(plot, left, bottom, VaePlot.Colors[1]);
        AssertColor(plot, right, bottom, VaePlot.Colors[0]);
        AssertColor(plot, left, top, VaePlot.Colors[3]);
        AssertColor(plot, right, top, VaePlot.Colors[2]);
    }

    [Fact]
    public void A_curve_goes_from_point_to_point()
    {
        var plot = VaePlot.Curves([[(0, 0), (1, 1)], [(0, 1), (1, 1)]], width: 300, height: 200);
        // The middle of the diagonal, and of the line along the top.
        AssertColor(plot, 165, 93, VaePlot.Colors[0]);
        AssertColor(plot, 165, 14, VaePlot.Colors[1]);
        Assert.Equal(VaePlot.Curves([[(2, 2)]]).ToPng(), VaePlot.Curves([[(2, 2)]]).ToPng());
    }

    [Theory]
    [InlineData(0, 10, "0 2 4 6 8 10")]
    [InlineData(-1, 1, "-1.0 -0.5 0.0 0.5 1.0")]
    [InlineData(0.001, 0.0022, "0.0010 0.0015 0.0020")]
    [InlineData(0, 3e6, "0 1e6 2e6 3e6")]
    [InlineData(5, 5, "3 4 5 6 7")]
    public void Numbers_along_an_axis_are_round(double least, double largest, string expected)
        => Assert.Equal(expected, string.Join(' ', PlotAxis.Of([least, largest]).Numbers().Select(number => number.Text)));

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Equal(
            "There is no point to draw. Give at least one, of each curve. (Parameter 'points')",
            Assert.Throws<ArgumentException>(() => VaePlot.Scatter([])).Message);
        Assert.Equal(
            "There is no point to draw. Give at least one, of each curve. (Parameter 'curves')",
            Assert.Throws<ArgumentException>(() => VaePlot.Curves([[(1, 1)], []])).Message);
        Assert.Equal(
            "Point 1 (counted from 0) is (NaN, 2); only finite numbers can be drawn. (Parameter 'points')",
            Assert.Throws<ArgumentException>(() => VaePlot.Scatter([(1, 1), (double.NaN, 2)])).Message);
        Assert.Equal(
            "There are 1 rows and 2 labels: give one for each row. (Parameter 'labels')",
            Assert.Throws<ArgumentException>(() => VaePlot.Scatter([(1, 1)], ["a", "b"])).Message);
        Assert.StartsWith(
            "The width must be at least 80; it is 79.",
            Assert.Throws<ArgumentOutOfRangeException>(() => VaePlot.Scatter([(1, 1)], width: 79)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => VaePlot.Scatter([(1, 1)], width: 1 << 15, height: 1 << 15));
    }

    /// <summary>Within a pixel, nearly.</summary>
    private static void AssertColor(VaePicture plot, int x, int y, string color)
    {
        var rgb = Convert.FromHexString(color.AsSpan(1));
        var nearest = Enumerable.Range(-1, 3)
            .SelectMany(dx => Enumerable.Range(-1, 3).Select(dy => plot.Pixels.Slice((((y + dy) * plot.Width) + x + dx) * 3, 3)))
            .Min(pixel => pixel.ToArray().Zip(rgb).Max(pair => Math.Abs(pair.First - pair.Second)));
        Assert.InRange(nearest, 0, 70);
    }
}
