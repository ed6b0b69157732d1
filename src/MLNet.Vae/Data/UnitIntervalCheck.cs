using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>Values from 0 to 1.</summary>
internal sealed record UnitIntervalCheck(int Start, int Count, string? Part) : SlotCheck(Start, Count, Part)
{
    public override FeatureSupport Support { get; } = new UnitIntervalSupport(Start, Count, Part);

    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
        => Support.FaultOf(values) is { Slot: var slot } ? DataErrors.OutsideUnitInterval(input, slot, row, values[slot], Part) : null;
}
