namespace MLNet.Vae.Graphs;

/// <summary>Scaling of the features: scaled = (x − offset) / scale, element by element.</summary>
/// <param name="Offset"><c>[features]</c>, in the user's units, or those of the logarithm.</param>
/// <param name="Scale"><c>[features]</c>, as <paramref name="Offset"/>, never 0.</param>
/// <param name="TakesLogarithm">
/// <c>[features]</c>: of which ln(1 + x) is taken first, for the encoder's input of counts; <see langword="null"/>: of none. What a
/// likelihood has is never
/// so scaled, as a draw or a mean of logarithms is none of the values.
/// </param>
internal sealed record FeatureScaling(float[] Offset, float[] Scale, bool[]? TakesLogarithm = null)
{
    public int FeatureCount => Offset.Length;

    public bool HasLogarithms => TakesLogarithm?.Contains(true) ?? false;

    public bool IsIdentity => !HasLogarithms && Offset.All(o => o == 0) && Scale.All(s => s == 1);

    /// <summary>Of each feature whether it is changed.</summary>
    public bool[] Changes => [.. Offset.Select((o, i) => o != 0 || Scale[i] != 1 || (TakesLogarithm?[i] ?? false))];

    /// <summary>Of <paramref name="count"/> values from <paramref name="start"/> on.</summary>
    public FeatureScaling Slice(int start, int count)
        => new(Offset[start..(start + count)], Scale[start..(start + count)], TakesLogarithm?[start..(start + count)]);

    public static FeatureScaling Identity(int featureCount)
    {
        var scale = new float[featureCount];
        Array.Fill(scale, 1f);
        return new(new float[featureCount], scale);
    }
}
