using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Missing;

/// <summary>
/// How the encoder reads a row some values of which are missing: all scaled values, 0 where one is missing, then 1 or 0 for each slot that
/// has a mask, in their order: whether its value is there. The slots of a category have none, as zeros alone say that it is missing.
/// </summary>
/// <param name="Features">Values of a row.</param>
/// <param name="Categories">The slots of each category, in their order, which are missing together.</param>
internal sealed record MaskLayout(int Features, IReadOnlyList<(int Start, int Count)> Categories)
{
    /// <summary>That have a mask.</summary>
    public int[] Slots => field ??=
        [.. Enumerable.Range(0, Features).Except(Categories.SelectMany(part => Enumerable.Range(part.Start, part.Count)))];

    /// <summary>Values that the encoder reads.</summary>
    public int Width => Features + Slots.Length;

    /// <param name="features">Values of a row.</param>
    /// <param name="supports">What the likelihood can have of them: categories among them.</param>
    public static MaskLayout Of(int features, IEnumerable<FeatureSupport> supports) =>
        new(features, [.. supports.OfType<CategorySupport>().OrderBy(part => part.Start).Select(part => (part.Start, part.Count))]);

    /// <returns><see langword="null"/>: no value of a row may be missing.</returns>
    public static MaskLayout? Of(VaeModelInfo info)
        => info.MissingValues == VaeMissingValues.Observed ? Of(info.FeatureCount, FeatureSupport.Of(info)) : null;

    /// <summary>All slots as runs that have a mask throughout or not at all.</summary>
    public IEnumerable<(int Count, bool HasMask)> Runs()
    {
        var end = 0;
        foreach (var (start, count) in Categories)
        {
            if (start > end)
                yield return (start - end, true);
            yield return (count, false);
            end = start + count;
        }
        if (Features > end)
            yield return (Features - end, true);
    }

    /// <summary>The first category of which some slots are missing and others are not; <see langword="null"/>: there is none.</summary>
    /// <param name="row"><c>[features]</c>, NaN where a value is missing.</param>
    /// <returns>Its slots, and the first that is missing.</returns>
    public (int Start, int Count, int Slot)? FirstInPart(ReadOnlySpan<float> row)
    {
        foreach (var (start, count) in Categories)
        {
            var (missing, first) = (0, -1);
            for (var slot = start; slot < start + count; slot++)
            {
                if (!float.IsNaN(row[slot]))
                    continue;
                missing++;
                first = first < 0 ? slot : first;
            }
            if (missing > 0 && missing < count)
                return (start, count, first);
        }
        return null;
    }

    /// <summary>The first slot that is infinite; −1: none is.</summary>
    public static int IndexOfInfinity(ReadOnlySpan<float> row)
    {
        for (var slot = 0; slot < row.Length; slot++)
        {
            if (float.IsInfinity(row[slot]))
                return slot;
        }
        return -1;
    }

    /// <summary>0 in place of each missing value, which any likelihood can have.</summary>
    public static void Fill(ReadOnlySpan<float> row, Span<float> filled)
    {
        for (var slot = 0; slot < row.Length; slot++)
            filled[slot] = float.IsNaN(row[slot]) ? 0 : row[slot];
    }
}
