using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Compression;

/// <summary>The features of a row as symbols, given the mean that the decoder has of them: 0 or 1 each, or a category of a group.</summary>
internal abstract record RowSymbols(int Start, int Count)
{
    /// <summary>Of all features of a model; <see langword="null"/>: some have a likelihood of which no symbols are made.</summary>
    public static IReadOnlyList<RowSymbols>? Of(VaeModelInfo info)
    {
        var parts = FeatureSupport.Of(info).OrderBy(support => support.Start).Select(support => support switch
        {
            UnitIntervalSupport => new Bits(support.Start, support.Count),
            CategorySupport => new Category(support.Start, support.Count),
            _ => (RowSymbols?)null,
        }).ToList();
        var covered = 0;
        foreach (var part in parts)
        {
            if (part is null || part.Start != covered)
                return null;
            covered += part.Count;
        }
        return covered == info.FeatureCount ? [.. parts.OfType<RowSymbols>()] : null;
    }

    /// <summary>The first slot that is none of the symbols; −1: there is none.</summary>
    public abstract int FirstOther(ReadOnlySpan<float> row);

    /// <summary>What the slots must be, in words.</summary>
    public abstract string Expected { get; }

    public abstract void Push(AnsStack stack, float[] row, float[] mean);

    public abstract void Pop(AnsStack stack, float[] row, float[] mean);

    private sealed record Bits(int Start, int Count) : RowSymbols(Start, Count)
    {
        public override string Expected => "0 or 1";

        public override int FirstOther(ReadOnlySpan<float> row)
            => row.Slice(Start, Count).IndexOfAnyExcept(0f, 1f) is >= 0 and var other ? Start + other : -1;

        public override void Push(AnsStack stack, float[] row, float[] mean)
        {
            for (var slot = Start + Count - 1; slot >= Start; slot--)
            {
                var ones = Frequencies.OfOne(mean[slot]);
                var zeros = (1U << Frequencies.Precision) - ones;
                stack.Push(row[slot] == 1 ? zeros : 0, row[slot] == 1 ? ones : zeros, Frequencies.Precision);
            }
        }

        public override void Pop(AnsStack stack, float[] row, float[] mean)
        {
            for (var slot = Start; slot < Start + Count; slot++)
            {
                var ones = Frequencies.OfOne(mean[slot]);
                var zeros = (1U << Frequencies.Precision) - ones;
                var isOne = stack.Peek(Frequencies.Precision) >= zeros;
                row[slot] = isOne ? 1 : 0;
                stack.Pop(isOne ? zeros : 0, isOne ? ones : zeros, Frequencies.Precision);
            }
        }
    }

    private sealed record Category(int Start, int Count) : RowSymbols(Start, Count)
    {
        public override string Expected => "one 1 among zeros";

        public override int FirstOther(ReadOnlySpan<float> row)
        {
            var group = row.Slice(Start, Count);
            if (group.IndexOfAnyExcept(0f, 1f) is >= 0 and var other)
                return Start + other;
            return group.Count(1f) == 1 ? -1 : Start;
        }

        public override void Push(AnsStack stack, float[] row, float[] mean)
            => Frequencies.Push(stack, Starts(mean), row.AsSpan(Start, Count).IndexOf(1f));

        public override void Pop(AnsStack stack, float[] row, float[] mean)
        {
            row.AsSpan(Start, Count).Clear();
            row[Start + Frequencies.Pop(stack, Starts(mean))] = 1;
        }

        private uint[] Starts(float[] mean) =>
            Frequencies.Starts([.. mean.Skip(Start).Take(Count).Select(probability => (double)probability)]);
    }
}
