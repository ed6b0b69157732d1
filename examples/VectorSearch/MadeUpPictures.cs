namespace VectorSearch;

/// <summary>Digits of seven segments: of different places, sizes, slants and brightness, with noise.</summary>
internal static class MadeUpPictures
{
    public const int Side = 12;

    private const double Noise = 0.1, Thickness = 0.8;

    // Which segments are lit, of each digit: top, upper left, upper right, middle, lower left, lower right, bottom.
    private static readonly string[] Lit =
        ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"];

    // Their ends, in units of the digit's width and half its height.
    private static readonly (double X1, double Y1, double X2, double Y2)[] Segments =
        [(0, 0, 1, 0), (0, 0, 0, 1), (1, 0, 1, 1), (0, 1, 1, 1), (0, 1, 0, 2), (1, 1, 1, 2), (0, 2, 1, 2)];

    public static Picture[] Create(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => Create(random, i % Lit.Length))];
    }

    private static Picture Create(Random random, int digit)
    {
        var (width, half) = (Between(random, 3.5, 6), Between(random, 3, 4.2));
        var (left, top) = (Between(random, 1.5, Side - 2.5 - width), Between(random, 1, Side - 2 - (2 * half)));
        var (slant, light) = (Between(random, -0.15, 0.15), Between(random, 0.7, 1));
        var pixels = new float[Side * Side];
        foreach (var (x1, y1, x2, y2) in Segments.Where((_, i) => Lit[digit][i] == '1'))
        {
            var (from, to) = ((X: Column(x1, y1), Y: Line(y1)), (X: Column(x2, y2), Y: Line(y2)));
            for (var i = 0; i < pixels.Length; i++)
            {
                var squared = SquaredDistance(i % Side, i / Side, from.X, from.Y, to.X, to.Y);
                pixels[i] = Math.Max(pixels[i], (float)(light * Math.Exp(-squared / (2 * Thickness * Thickness))));
            }
        }
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (float)Math.Clamp(pixels[i] + (Noise * (random.NextDouble() - 0.5)), 0, 1);
        return new() { Pixels = pixels, Label = $"{digit}" };

        double Line(double y) => top + (half * y);

        double Column(double x, double y) => left + (width * x) - (slant * half * (y - 1));
    }

    private static double SquaredDistance(double x, double y, double x1, double y1, double x2, double y2)
    {
        var (dx, dy) = (x2 - x1, y2 - y1);
        var along = Math.Clamp((((x - x1) * dx) + ((y - y1) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        var (offX, offY) = (x - x1 - (along * dx), y - y1 - (along * dy));
        return (offX * offX) + (offY * offY);
    }

    private static double Between(Random random, double least, double most) => least + ((most - least) * random.NextDouble());
}
