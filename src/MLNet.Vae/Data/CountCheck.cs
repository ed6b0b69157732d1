using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>Whole numbers of at least 0.</summary>
/// <param name="Start">First slot.</param>
/// <param name="Count">Slots.</param>
/// <param name="Part">What they are called, where they are a part of the column.</param>
/// <param name="Likelihood">Which asks for them, for the message.</param>
internal sealed record CountCheck(int Start, int Count, string? Part, string Likelihood) : SlotCheck(Start, Count, Part)
{
    public override FeatureSupport Support { get; } = new CountSupport(Start, Count, Part);

    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
        => Support.FaultOf(values) is { Slot: var slot }
            ? DataErrors.NotACount(input, slot, row, values[slot], Part, Likelihood)
            : null;
}
