using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>Values from 0 to 1.</summary>
internal sealed record UnitIntervalCheck(int Start, int Count, string? Part) : SlotCheck(Start, Count, Part)
{
    private readonly UnitIntervalSupport _support = new(Start, Count, Part);

    /// <summary>What asks for it, for the message.</summary>
    public string Model { get; init; } = "a Bernoulli likelihood";

    /// <summary>Whether other values are unlikely to the likelihood but not impossible: they can be scored, and not trained on.</summary>
    public bool HasDensityBeyond { get; init; }

    public override FeatureSupport? Support => HasDensityBeyond ? null : _support;

    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
        => _support.FaultOf(values) is { Slot: var slot }
            ? DataErrors.OutsideUnitInterval(input, slot, row, values[slot], Part, Model)
            : null;
}
