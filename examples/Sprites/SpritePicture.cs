using Microsoft.ML.Data;
using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Sprites;

/// <summary>A row: the pixels of a sprite, and what it is.</summary>
internal sealed class SpritePicture
{
    public const int Side = 32, Pixels = Side * Side;

    // Points looked at in a pixel, each way.
    private const int Points = 4;

    /// <summary>How the features make a picture.</summary>
    public static ImageShape Shape { get; } = new(Side, Side, Channels: 1, PixelLayout.Planar);

    /// <summary>Share of each pixel that the sprite covers, from the top left, line after line.</summary>
    [VectorType(Side, Side)]
    public float[] Features { get; set; } = [];

    public string Kind { get; set; } = "";

    public float Scale { get; set; }

    public float Rotation { get; set; }

    public float X { get; set; }

    public float Y { get; set; }

    public static SpritePicture Of(Sprite sprite) => new()
    {
        Features = Draw(sprite),
        Kind = sprite.Shape.ToString(),
        Scale = (float)sprite.Scale,
        Rotation = (float)sprite.Rotation,
        X = (float)sprite.X,
        Y = (float)sprite.Y,
    };

    /// <summary>As many as asked for, of sprites drawn at random: always the same for a seed.</summary>
    public static SpritePicture[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var sprites = Enumerable.Range(0, count).Select(_ => Sprite.Draw(random)).ToArray();
        return [.. sprites.AsParallel().AsOrdered().Select(Of)];
    }

    private static float[] Draw(Sprite sprite)
    {
        var pixels = new float[Pixels];
        for (var i = 0; i < Pixels; i++)
        {
            var covered = 0;
            for (var point = 0; point < Points * Points; point++)
            {
                var x = i % Side + (point % Points + 0.5) / Points;
                var y = i / Side + (point / Points + 0.5) / Points;
                covered += sprite.Covers(2 * x / Side - 1, 2 * y / Side - 1) ? 1 : 0;
            }

            pixels[i] = covered / (float)(Points * Points);
        }

        return pixels;
    }
}
