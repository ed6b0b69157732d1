using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>Probabilities that sum to 1, of which one-hot vectors are the usual ones.</summary>
internal sealed record OneHotCheck(int Start, int Count, string? Part) : SlotCheck(Start, Count, Part)
{
    public override FeatureSupport Support { get; } = new CategorySupport(Start, Count, Part);

    /// <summary>Zeros alone, which scoring reads as a category not seen in training, teach nothing.</summary>
    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
    {
        if (Support.FaultOf(values) is { Slot: var slot } && values[slot] < 0)
            return DataErrors.NegativeProbability(input, slot, row, values[slot], Part);
        var sum = 0f;
        foreach (var value in values.Slice(Start, Count))
            sum += value;
        return Math.Abs(sum - 1) <= CategorySupport.Tolerance ? null : DataErrors.NotOneHot(input, Start, Count, row, sum, Part);
    }
}
