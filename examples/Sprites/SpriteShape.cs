namespace Sprites;

/// <summary>What a sprite is.</summary>
internal enum SpriteShape
{
    Square,
    Ellipse,
    Heart,
}
