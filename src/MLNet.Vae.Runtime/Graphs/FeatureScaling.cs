namespace MLNet.Vae.Graphs;

/// <summary>Scaling of the features: scaled = (x − offset) / scale, element by element.</summary>
/// <param name="Offset"><c>[features]</c>, in the user's units, or those of the logarithm.</param>
/// <param name="Scale">
/// <c>[features]</c>, as <paramref name="Offset"/>, above 0; ∞: whatever the feature is, its scaled value is 0, so that it is not read.
/// </param>
/// <param name="TakesLogarithm">
/// <c>[features]</c>: of which ln(1 + x) is taken first, for the encoder's input of counts; <see langword="null"/>: of none. What a
/// likelihood has is never
/// so scaled, as a draw or a mean of logarithms is none of the values.
/// </param>
internal sealed record FeatureScaling(float[] Offset, float[] Scale, bool[]? TakesLogarithm = null)
{
    /// <summary>
    /// <c>[features]</c>, scaled: a value beyond ± this counts as ± this, so that what is computed of it stays finite; ∞: any value counts
    /// as it is. <see langword="null"/>: all do.
    /// </summary>
    public float[]? Limit { get; init; }

    /// <summary>
    /// <c>[features]</c>: which have one value, the offset, whatever the model makes of them; <see langword="null"/>: none has.
    /// </summary>
    public bool[]? IsConstant { get; init; }

    public int FeatureCount => Offset.Length;

    public bool HasLogarithms => TakesLogarithm?.Contains(true) ?? false;

    public bool IsIdentity => !HasLogarithms && Limit is null && IsConstant is null && Offset.All(o => o == 0) && Scale.All(s => s == 1);

    /// <summary>Of each feature whether it is changed.</summary>
    public bool[] Changes => [.. Offset.Select((o, i) => o != 0 || Scale[i] != 1 || (TakesLogarithm?[i] ?? false))];

    /// <summary>(value − offset) / scale within the limit.</summary>
    /// <param name="feature">Its number, from 0.</param>
    /// <param name="value">In the user's units, or their logarithm where <see cref="TakesLogarithm"/> says so.</param>
    public float Scaled(int feature, float value)
    {
        var limit = Limit?[feature] ?? float.PositiveInfinity;
        return Math.Clamp((value - Offset[feature]) / Scale[feature], -limit, limit);
    }

    /// <summary>Of <paramref name="count"/> values from <paramref name="start"/> on.</summary>
    public FeatureScaling Slice(int start, int count)
    {
        var range = start..(start + count);
        return new(Offset[range], Scale[range], TakesLogarithm?[range])
        {
            Limit = Limit?[range] is { } limit && limit.Any(float.IsFinite) ? limit : null,
            IsConstant = IsConstant?[range] is { } isConstant && isConstant.Contains(true) ? isConstant : null,
        };
    }

    public static FeatureScaling Identity(int featureCount)
    {
        var scale = new float[featureCount];
        Array.Fill(scale, 1f);
        return new(new float[featureCount], scale);
    }
}
