namespace Sprites;

/// <summary>What makes a picture: the factors that a good code keeps apart.</summary>
/// <param name="Shape">Which of the three.</param>
/// <param name="Scale">Half of its size, in halves of the picture's side.</param>
/// <param name="Rotation">Degrees, counter-clockwise.</param>
/// <param name="X">Of its middle, from −1 at the left edge to 1 at the right.</param>
/// <param name="Y">Likewise, from the top down.</param>
internal readonly record struct Sprite(SpriteShape Shape, double Scale, double Rotation, double X, double Y)
{
    public const double LeastScale = 0.25, MostScale = 0.45;

    /// <summary>A quarter turn gives a square back, so rotations stay within less.</summary>
    public const double LeastRotation = 0, MostRotation = 80;

    /// <summary>The largest sprite, on its corner, still lies inside the picture.</summary>
    public const double FarthestPosition = 0.38;

    public static Sprite Draw(Random random) => new(
        (SpriteShape)random.Next(Enum.GetValues<SpriteShape>().Length),
        Uniform(random, LeastScale, MostScale),
        Uniform(random, LeastRotation, MostRotation),
        Uniform(random, -FarthestPosition, FarthestPosition),
        Uniform(random, -FarthestPosition, FarthestPosition));

    /// <summary>Whether a point of the picture lies on it.</summary>
    public bool Covers(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Rotation * Math.PI / 180);
        var (dx, dy) = ((x - X) / Scale, (Y - y) / Scale);
        return Covers(Shape, cosine * dx + sine * dy, cosine * dy - sine * dx);
    }

    /// <summary>Upright, in the middle, of half size 1; all three cover about as much.</summary>
    private static bool Covers(SpriteShape shape, double x, double y)
    {
        const double side = 0.9, wide = 1.3, narrow = 0.7, heart = 0.95, raised = 0.1;
        switch (shape)
        {
            case SpriteShape.Square:
                return Math.Abs(x) <= side && Math.Abs(y) <= side;
            case SpriteShape.Ellipse:
                return x * x / (wide * wide) + y * y / (narrow * narrow) <= 1;
            default:
                // (x² + y² − 1)³ ≤ x² y³, a sextic known as the heart curve.
                (x, y) = (x / heart, y / heart + raised);
                var inside = x * x + y * y - 1;
                return inside * inside * inside <= x * x * y * y * y;
        }
    }

    private static double Uniform(Random random, double from, double to) => from + (to - from) * random.NextDouble();
}
