using System.Globalization;

namespace MLNet.Vae;

/// <summary>A white picture with a frame, round numbers along it, and what is drawn inside, smoothed at its edges.</summary>
internal sealed class PlotCanvas
{
    /// <summary>Ten colours that are told apart on white.</summary>
    public static readonly string[] Palette =
    [
        "#2f6bd8", "#d9622b", "#2a9d5c", "#c2334d", "#7d54c4", "#8a6240", "#d65fb0", "#6f757f", "#a8a02a", "#28a7b8",
    ];

    private const int Left = 42, Bottom = 20, Top = 8, Right = 10, Channels = 3, TickLength = 4;
    private const double DotRadius = 1.9, DotOpacity = 0.75, LineRadius = 0.9;
    private static readonly (byte R, byte G, byte B) Ink = (0x33, 0x38, 0x40), Faint = (0xe6, 0xe6, 0xe2);

    private readonly int _width;
    private readonly int _height;
    private readonly PlotAxis _across;
    private readonly PlotAxis _up;
    private readonly byte[] _pixels;

    public PlotCanvas(int width, int height, PlotAxis across, PlotAxis up)
    {
        (_width, _height, _across, _up) = (width, height, across, up);
        _pixels = new byte[width * height * Channels];
        Array.Fill(_pixels, byte.MaxValue);
        foreach (var (value, text) in across.Numbers())
        {
            var x = (int)Math.Round(X(value));
            Fill(x, Top, 1, _height - Bottom - Top, Faint);
            Fill(x, _height - Bottom, 1, TickLength, Ink);
            Write(text, x - (PlotDigits.Width(text) / 2), _height - Bottom + TickLength + 3);
        }
        foreach (var (value, text) in up.Numbers())
        {
            var y = (int)Math.Round(Y(value));
            Fill(Left, y, _width - Right - Left, 1, Faint);
            Fill(Left - TickLength, y, TickLength, 1, Ink);
            Write(text, Left - TickLength - 3 - PlotDigits.Width(text), y - (PlotDigits.Height / 2));
        }
        Fill(Left, Top, 1, _height - Bottom - Top, Ink);
        Fill(Left, _height - Bottom, _width - Right - Left, 1, Ink);
    }

    public void Dot(double x, double y, int color)
    {
        var (px, py) = (X(x), Y(y));
        Blend(px, py, px, py, DotRadius, DotOpacity, color);
    }

    public void Line((double X, double Y) from, (double X, double Y) to, int color)
        => Blend(X(from.X), Y(from.Y), X(to.X), Y(to.Y), LineRadius, 1, color);

    public VaePicture ToPicture() => VaePicture.Of(_width, _height, Channels, _pixels);

    private double X(double value) => Left + (_across.Place(value) * (_width - Right - Left - 1));

    private double Y(double value) => _height - Bottom - (_up.Place(value) * (_height - Bottom - Top - 1));

    /// <summary>All that lies within a radius of a segment.</summary>
    private void Blend(double x0, double y0, double x1, double y1, double radius, double opacity, int color)
    {
        var rgb = Rgb(Palette[color % Palette.Length]);
        var (left, right) = ((int)Math.Floor(Math.Min(x0, x1) - radius - 1), (int)Math.Ceiling(Math.Max(x0, x1) + radius + 1));
        var (top, bottom) = ((int)Math.Floor(Math.Min(y0, y1) - radius - 1), (int)Math.Ceiling(Math.Max(y0, y1) + radius + 1));
        var (dx, dy) = (x1 - x0, y1 - y0);
        var square = (dx * dx) + (dy * dy);
        for (var y = Math.Max(0, top); y <= Math.Min(_height - 1, bottom); y++)
        {
            for (var x = Math.Max(0, left); x <= Math.Min(_width - 1, right); x++)
            {
                var along = square == 0 ? 0 : Math.Clamp((((x - x0) * dx) + ((y - y0) * dy)) / square, 0, 1);
                var (ox, oy) = (x - x0 - (along * dx), y - y0 - (along * dy));
                Mix(x, y, rgb, opacity * Math.Clamp(radius + 0.5 - Math.Sqrt((ox * ox) + (oy * oy)), 0, 1));
            }
        }
    }

    private void Write(string text, int left, int top)
    {
        foreach (var (x, y) in PlotDigits.Places(text))
            Fill(left + x, top + y, 1, 1, Ink);
    }

    private void Fill(int left, int top, int width, int height, (byte R, byte G, byte B) color)
    {
        for (var y = Math.Max(0, top); y < Math.Min(_height, top + height); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(_width, left + width); x++)
                Mix(x, y, color, 1);
        }
    }

    private void Mix(int x, int y, (byte R, byte G, byte B) color, double share)
    {
        var pixel = _pixels.AsSpan(((y * _width) + x) * Channels, Channels);
        pixel[0] = (byte)Math.Round(pixel[0] + (share * (color.R - pixel[0])));
        pixel[1] = (byte)Math.Round(pixel[1] + (share * (color.G - pixel[1])));
        pixel[2] = (byte)Math.Round(pixel[2] + (share * (color.B - pixel[2])));
    }

    private static (byte R, byte G, byte B) Rgb(string color)
    {
        var value = int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }
}
