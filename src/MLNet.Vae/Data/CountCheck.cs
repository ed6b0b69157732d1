using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>Whole numbers of at least 0, and no larger than a mean can be.</summary>
/// <param name="Start">First slot.</param>
/// <param name="Count">Slots.</param>
/// <param name="Part">What they are called, where they are a part of the column.</param>
/// <param name="Likelihood">Which asks for them, for the message.</param>
/// <param name="Largest">The largest mean.</param>
internal sealed record CountCheck(int Start, int Count, string? Part, string Likelihood, float Largest) : SlotCheck(Start, Count, Part)
{
    public override FeatureSupport Support { get; } = new CountSupport(Start, Count, Part);

    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
    {
        if (Support.FaultOf(values) is { Slot: var slot })
            return DataErrors.NotACount(input, slot, row, values[slot], Part, Likelihood);
        for (slot = Start; slot < Start + Count; slot++)
        {
            if (values[slot] > Largest)
                return DataErrors.TooLargeACount(input, slot, row, values[slot], Part, Likelihood, Largest);
        }
        return null;
    }
}
