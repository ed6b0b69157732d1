namespace MLNet.Vae.Likelihoods;

/// <summary>Values from 0 to 1, of a Bernoulli likelihood.</summary>
internal sealed record UnitIntervalSupport(int Start, int Count, string? Part = null) : FeatureSupport(Start, Count, Part)
{
    public override SupportFault? FaultOf(ReadOnlySpan<float> row)
        => row.Slice(Start, Count).IndexOfAnyExceptInRange(0f, 1f) is >= 0 and var outside
            ? new(Start + outside, 1, "a value from 0 to 1", Number(row[Start + outside]))
            : null;
}
