namespace MLNet.Vae.Graphs;

/// <summary>Normalisation of the features: normalised = (x − offset) / scale, element by element.</summary>
/// <param name="Offset"><c>[features]</c>, in the user's units.</param>
/// <param name="Scale"><c>[features]</c>, in the user's units, never 0.</param>
internal sealed record FeatureScaling(float[] Offset, float[] Scale)
{
    public int FeatureCount => Offset.Length;

    public bool IsIdentity => Offset.All(o => o == 0) && Scale.All(s => s == 1);

    /// <summary>Of <paramref name="count"/> values from <paramref name="start"/> on.</summary>
    public FeatureScaling Slice(int start, int count) => new(Offset[start..(start + count)], Scale[start..(start + count)]);

    public static FeatureScaling Identity(int featureCount)
    {
        var scale = new float[featureCount];
        Array.Fill(scale, 1f);
        return new(new float[featureCount], scale);
    }
}
