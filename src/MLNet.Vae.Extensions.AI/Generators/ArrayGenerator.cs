namespace MLNet.Vae.Generators;

/// <summary>Embeds float arrays, in one call of a scorer for each batch.</summary>
/// <param name="scorer">Embeds them.</param>
/// <param name="condition"><c>[C]</c>; empty without one.</param>
/// <param name="owns">Whether the scorer is disposed with the generator.</param>
internal sealed class ArrayGenerator(VaeScorer scorer, float[] condition, bool owns)
    : EmbeddingGenerator<float[]>(scorer.Model, owns ? scorer : null)
{
    protected override object Engine => scorer;

    protected override float[][] Embed(IReadOnlyList<float[]> rows, CancellationToken cancellation)
    {
        var (features, latents) = (scorer.Model.Info.FeatureCount, scorer.Model.Info.LatentDimension);
        var flat = new float[rows.Count * features];
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != features)
                throw new ArgumentException(GeneratorMessages.Length(row, features, rows[row].Length), nameof(rows));
            rows[row].CopyTo(flat, row * features);
        }
        var codes = new float[rows.Count * latents];
        scorer.EncodeBlocks(flat, codes, condition, cancellation);
        return [.. codes.Chunk(latents)];
    }
}
