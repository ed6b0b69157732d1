namespace MLNet.Vae.Likelihoods;

/// <summary>Whole numbers of at least 0, of a likelihood of counts.</summary>
internal sealed record CountSupport(int Start, int Count, string? Part = null) : FeatureSupport(Start, Count, Part)
{
    public override SupportFault? FaultOf(ReadOnlySpan<float> row)
    {
        for (var slot = Start; slot < Start + Count; slot++)
        {
            if (row[slot] < 0 || !float.IsInteger(row[slot]))
                return new(slot, 1, "a whole number of at least 0", Number(row[slot]));
        }
        return null;
    }
}
