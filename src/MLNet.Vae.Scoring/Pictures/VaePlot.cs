namespace MLNet.Vae;

/// <summary>Scatter plots and curves as pictures, with axes and their numbers. Thread-safe; needs no model.</summary>
public static class VaePlot
{
    /// <summary>Pixels of a plot when nothing is said.</summary>
    internal const int DefaultWidth = 480, DefaultHeight = 360;

    /// <summary>Fewest pixels of a side: room for the axes.</summary>
    internal const int LeastSide = 80;

    /// <summary>
    /// The colours of classes and of curves, in order, "#rrggbb"; more classes than colours begin anew. For legends beside a plot.
    /// </summary>
    public static IReadOnlyList<string> Colors { get; } = PlotCanvas.Palette;

    /// <summary>Points of a plane, each in the colour of its class: such as codes of rows (<see cref="VaePictures.Scatter"/>).</summary>
    /// <param name="points">Finite, at least one.</param>
    /// <param name="labels">
    /// The class of each point; <see langword="null"/>: all are of one. Classes have <see cref="Colors"/> in the order of
    /// <see cref="Classes"/>.
    /// </param>
    /// <param name="width">Pixels of a line, from 80.</param>
    /// <param name="height">Lines, from 80.</param>
    /// <exception cref="ArgumentException">There is no point, one is not finite, or labels are not as many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is too short, or the picture would be larger than 2²⁸ pixels.</exception>
    public static VaePicture Scatter(
        IReadOnlyList<(double X, double Y)> points,
        IReadOnlyList<string>? labels = null,
        int width = DefaultWidth,
        int height = DefaultHeight
    )
    {
        ArgumentNullException.ThrowIfNull(points);
        if (labels is not null && labels.Count != points.Count)
            throw new ArgumentException(PictureMessages.NotAsMany(points.Count, "labels", labels.Count), nameof(labels));
        var canvas = Canvas([points], nameof(points), width, height);
        var classes = labels is null ? [] : Classes(labels).Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        for (var i = 0; i < points.Count; i++)
            canvas.Dot(points[i].X, points[i].Y, labels is null ? 0 : classes[labels[i]]);
        return canvas.ToPicture();
    }

    /// <summary>Curves through points in order, each in a colour of its own, such as losses over epochs.</summary>
    /// <param name="curves">At least one; each of at least one point, finite. They have <see cref="Colors"/> in order.</param>
    /// <param name="width">Pixels of a line, from 80.</param>
    /// <param name="height">Lines, from 80.</param>
    /// <exception cref="ArgumentException">There is no curve, one has no point, or a point is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is too short, or the picture would be larger than 2²⁸ pixels.</exception>
    public static VaePicture Curves(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> curves, int width = DefaultWidth, int height = DefaultHeight)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var canvas = Canvas(curves, nameof(curves), width, height);
        for (var c = 0; c < curves.Count; c++)
        {
            for (var i = 0; i < curves[c].Count; i++)
                canvas.Line(curves[c][Math.Max(0, i - 1)], curves[c][i], c);
        }
        return canvas.ToPicture();
    }

    /// <summary>The classes that labels name, in the order of their colours: numbers by their value, then words by their letters.</summary>
    /// <param name="labels">Any number of each.</param>
    public static IReadOnlyList<string> Classes(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return
        [
            .. labels.Distinct()
                .OrderBy(label => double.TryParse(label, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    ? number
                    : double.PositiveInfinity)
                .ThenBy(label => label, StringComparer.Ordinal),
        ];
    }

    private static PlotCanvas Canvas(
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> series, string parameter, int width, int height)
    {
        VaePicture.AtLeast(nameof(width), "The width", LeastSide, width);
        VaePicture.AtLeast(nameof(height), "The height", LeastSide, height);
        if ((long)width * height > VaePicture.MaximumPixels)
            throw new ArgumentOutOfRangeException(nameof(width), PictureMessages.TooLarge(width, height));
        if (series.Count == 0)
            throw new ArgumentException(PictureMessages.NoPoints(), parameter);
        foreach (var points in series)
        {
            if (points is null || points.Count == 0)
                throw new ArgumentException(PictureMessages.NoPoints(), parameter);
            for (var i = 0; i < points.Count; i++)
            {
                if (!double.IsFinite(points[i].X) || !double.IsFinite(points[i].Y))
                    throw new ArgumentException(PictureMessages.NonFinitePoint(i, points[i].X, points[i].Y), parameter);
            }
        }
        return new(
            width,
            height,
            PlotAxis.Of(series.SelectMany(points => points.Select(point => point.X))),
            PlotAxis.Of(series.SelectMany(points => points.Select(point => point.Y)))
        );
    }
}
