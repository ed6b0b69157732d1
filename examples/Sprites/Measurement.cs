using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Sprites;

/// <summary>Codes of sprites that no model was trained on, held against what made them.</summary>
internal sealed class Measurement(SpritePicture[] sprites, int seed)
{
    private readonly float[][] _rows = Array.ConvertAll(sprites, sprite => sprite.Features);

    private readonly VaeFactor[] _factors =
    [
        VaeFactor.Categorical("shape", sprites.Select(sprite => (int)Enum.Parse<SpriteShape>(sprite.Kind))),
        VaeFactor.Ordered("scale", sprites.Select(sprite => (double)sprite.Scale)),
        VaeFactor.Ordered("rotation", sprites.Select(sprite => (double)sprite.Rotation)),
        VaeFactor.Ordered("x", sprites.Select(sprite => (double)sprite.X)),
        VaeFactor.Ordered("y", sprites.Select(sprite => (double)sprite.Y)),
    ];

    public VaeDisentanglementScores Scores(VaeTransformer transformer)
    {
        using var generator = VaeGenerator.From(transformer);
        return Scores(generator);
    }

    public VaeDisentanglementScores Scores(VaeGenerator generator) => VaeDisentanglement.Measure(generator.Encode(_rows), _factors, seed);

    /// <summary>Dimensions that are used, from the one that carries most.</summary>
    public static int[] Order(VaeModelInfo info)
    {
        // Nats per row: less is what the best of runs leaves in a dimension that it does not use.
        const double used = 0.05;
        var kl = info.Training!.Best.KlPerDimension;
        int[] order = [.. Enumerable.Range(0, kl.Count).OrderByDescending(dimension => kl[dimension])];
        return order.Where(dimension => kl[dimension] > used).ToArray() is { Length: > 0 } active ? active : order[..1];
    }
}
